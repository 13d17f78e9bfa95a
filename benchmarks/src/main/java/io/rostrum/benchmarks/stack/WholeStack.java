package io.rostrum.benchmarks.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rostrum.localstack.parts.Checkout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Everything that {@code ./rostrum up} starts, with data of its own; gone when it is closed. */
public final class WholeStack implements AutoCloseable {
  private static final int PORT_OFFSET = Integer.getInteger("rostrum.bench.port-offset", 22_000);
  private static final long COMMAND_SECONDS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path data;
  private final Map<String, String> settings;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private WholeStack(Path data, Map<String, String> settings) {
    this.data = data;
    this.settings = Map.copyOf(settings);
  }

  /**
   * A public broadcast.
   *
   * @param id its id
   * @param watchUrl where people watch it
   * @param rtmpUrl where to publish it, with the key
   */
  public record Broadcast(String id, String watchUrl, String rtmpUrl) {}

  /**
   * @param settings environment of the services beyond what the launcher sets
   */
  public static WholeStack start(Map<String, String> settings)
      throws IOException, InterruptedException {
    WholeStack stack = new WholeStack(Files.createTempDirectory("rostrum-bench-stack-"), settings);
    try {
      stack.command("up", "--detach");
      return stack;
    } catch (IOException | InterruptedException e) {
      stack.close();
      throw e;
    }
  }

  /** Makes a public broadcast. */
  public Broadcast broadcast(String title) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + (8080 + PORT_OFFSET) + "/api/v1/broadcasts"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + command("token", "producer").strip())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"title\":\"%s\",\"audience\":{\"rules\":[{\"kind\":\"PUBLIC\"}]}}"
                        .formatted(title)))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IOException("no broadcast: " + answer.statusCode() + " " + answer.body());
    }
    JsonNode made = JSON.readTree(answer.body());
    return new Broadcast(
        made.get("id").asText(),
        made.get("watchUrl").asText(),
        made.at("/ingest/rtmpUrl").asText() + "/" + made.at("/ingest/streamKey").asText());
  }

  /** The origin that viewers use, with TLS and HTTP/2. */
  public String secureOrigin() {
    return "https://127.0.0.1:" + (8443 + PORT_OFFSET);
  }

  /** Where playback itself listens. */
  public int playbackPort() {
    return 8084 + PORT_OFFSET;
  }

  /** Its Kafka. */
  public String bootstrapServers() {
    return "127.0.0.1:" + (9092 + PORT_OFFSET);
  }

  /** The process of a service, by its name in the launcher. */
  public long pid(String service) throws IOException {
    return Long.parseLong(Files.readString(data.resolve("run/" + service + ".pid")).strip());
  }

  private String command(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Checkout.locate().resolve("rostrum").toString()));
    command.addAll(List.of(words));
    command.addAll(
        List.of("--data", data.toString(), "--port-offset", Integer.toString(PORT_OFFSET)));
    Path said = Files.createTempFile("rostrum-bench-", ".log");
    Path printed = Files.createTempFile("rostrum-bench-", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(said.toFile()).redirectOutput(printed.toFile());
      builder.environment().putAll(settings);
      builder.environment().put("ROSTRUM_NO_BUILD", "1");
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(
            String.join(" ", command) + ":\n" + Files.readString(printed) + Files.readString(said));
      }
      return Files.readString(printed);
    } finally {
      Files.delete(said);
      Files.delete(printed);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    command("down");
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
