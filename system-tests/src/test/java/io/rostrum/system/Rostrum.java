package io.rostrum.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A running Rostrum, started by its launcher once for all tests of the run and stopped behind the
 * last.
 */
final class Rostrum implements ExtensionContext.Store.CloseableResource {
  /** Far from the default ports, so that a developer's own stack may run beside it. */
  private static final int PORT_OFFSET = 4000;

  private static final long COMMAND_SECONDS = 300;

  private final Path checkout;
  private final Path data;

  private Rostrum() throws IOException, InterruptedException {
    checkout = checkout();
    data = Files.createTempDirectory("rostrum-system-tests");
    command("up", "--detach");
  }

  /** Gives tests the stack, as a parameter of type {@link Rostrum}. */
  static final class Stack implements BeforeAllCallback, ParameterResolver {
    @Override
    public void beforeAll(ExtensionContext context) {
      stack(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Rostrum.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return stack(context);
    }

    private static Rostrum stack(ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(
              Rostrum.class,
              type -> {
                try {
                  return new Rostrum();
                } catch (IOException e) {
                  throw new AssertionError("the stack did not start", e);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                  throw new AssertionError(e);
                }
              },
              Rostrum.class);
    }
  }

  /** The folder with the launcher. */
  static Path checkout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("rostrum"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** A port of the stack, by what it is where nothing shifts it. */
  int port(int usual) {
    return usual + PORT_OFFSET;
  }

  /** One of the secrets that the stack made for itself. */
  String secret(String name) throws IOException {
    Properties secrets = new Properties();
    try (InputStream in = Files.newInputStream(data.resolve("secrets.properties"))) {
      secrets.load(in);
    }
    return secrets.getProperty(name);
  }

  /** The origin of web app, API and media. */
  String origin() {
    return "http://127.0.0.1:" + (8080 + PORT_OFFSET);
  }

  /** The RTMP address without a key. */
  String rtmp() {
    return "rtmp://127.0.0.1:" + (1935 + PORT_OFFSET) + "/live";
  }

  /** The RTMPS address without a key. */
  String rtmps() {
    return "rtmps://127.0.0.1:" + (1936 + PORT_OFFSET) + "/live";
  }

  /** An access token of a demo user. */
  String token(String user) {
    return command("token", user).strip();
  }

  /** Runs a command of the launcher and gives what it printed to standard output. */
  String command(String... words) {
    return command(Map.of(), words);
  }

  /** The same with settings of the services that it starts, as environment variables. */
  String command(Map<String, String> settings, String... words) {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("rostrum").toString()));
    command.addAll(List.of(words));
    command.addAll(
        List.of("--data", data.toString(), "--port-offset", Integer.toString(PORT_OFFSET)));
    try {
      Path errors = Files.createTempFile("rostrum-command", ".log");
      Path output = Files.createTempFile("rostrum-command", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectError(errors.toFile())
              .redirectOutput(output.toFile());
      builder.environment().put("ROSTRUM_NO_BUILD", "1");
      // A slow machine must not make gaps in what is compared with what was published.
      builder.environment().put("ROSTRUM_TRANSCODE_DEFER_AFTER", "20s");
      builder.environment().putAll(settings);
      Process process = builder.start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
      String printed = Files.readString(output);
      String said = Files.readString(errors);
      Files.delete(errors);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(
            String.join(" ", command)
                + (ended ? " failed with " + process.exitValue() : " did not end")
                + ":\n"
                + printed
                + said);
      }
      return printed;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    command("down");
    Path logs = checkout.resolve("system-tests/target/stack-logs");
    Files.createDirectories(logs);
    try (Stream<Path> files = Files.walk(data)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        Files.copy(
            log,
            logs.resolve(log.getFileName()),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
