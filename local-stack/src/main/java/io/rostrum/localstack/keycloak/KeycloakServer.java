package io.rostrum.localstack.keycloak;

import io.rostrum.localstack.parts.Parts;
import io.rostrum.localstack.process.JavaCommand;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.Readiness;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One Keycloak server with the realm {@code rostrum}. The distribution is built (Keycloak's own
 * word for fixing its options) once; each content of the realm file has a home and a database of
 * its own, because Keycloak does not import a realm that exists. User ids are in the file, so they
 * are the same in each.
 *
 * @param parts the build's parts
 * @param directory where the homes are
 * @param bind the address it listens on
 * @param port its port
 * @param url its address in tokens and links, without a path
 * @param webOrigin origin of the web app
 * @param webTlsOrigin origin of the web app over TLS
 * @param adminPassword password of the console's user {@code root}
 */
public record KeycloakServer(
    Parts parts,
    Path directory,
    String bind,
    int port,
    String url,
    String webOrigin,
    String webTlsOrigin,
    String adminPassword) {

  private static final String DISABLED_FEATURES =
      "device-flow,ciba,par,kerberos,passkeys,organization";
  private static final Duration BUILD_WITHIN = Duration.ofMinutes(5);

  /** Builds the distribution and lays out the home, each if that was not done yet. */
  public void prepare() throws IOException, InterruptedException, StartFailure {
    build();
    RealmFile realm = RealmFile.of(webOrigin, webTlsOrigin);
    Path home = home(realm);
    Path imports = Files.createDirectories(home.resolve("data/import"));
    Files.writeString(imports.resolve("rostrum-realm.json"), realm.json());
    for (String shared : List.of("lib", "providers", "themes", "conf")) {
      Path link = home.resolve(shared);
      // The checkout may have moved since.
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, parts.keycloakHome().resolve(shared));
    }
  }

  public Program program(String localUrl) throws IOException {
    Path home = home(RealmFile.of(webOrigin, webTlsOrigin));
    List<String> arguments =
        List.of(
            "start",
            "--optimized",
            "--import-realm",
            "--cache=local",
            "--http-enabled=true",
            "--http-host=" + bind,
            "--http-port=" + port,
            "--hostname=" + url,
            "--log-level=warn,org.keycloak.services:info,io.quarkus:info");
    return Program.of(
        "keycloak",
        command(home, arguments),
        Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", "root", "KC_BOOTSTRAP_ADMIN_PASSWORD", adminPassword),
        home,
        Readiness.http(
            localUrl + "/realms/rostrum/.well-known/openid-configuration", status -> status == 200),
        Duration.ofMinutes(4));
  }

  private void build() throws IOException, InterruptedException, StartFailure {
    Path distribution = parts.keycloakHome();
    Path marker = distribution.resolve("rostrum-built");
    try (FileChannel channel =
            FileChannel.open(
                distribution.resolveSibling("build.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(marker)) {
        Path log = Files.createDirectories(directory).resolve("build.log");
        Process build =
            new ProcessBuilder(
                    command(
                        distribution,
                        List.of(
                            "build",
                            "--db=dev-file",
                            "--health-enabled=false",
                            "--metrics-enabled=false",
                            "--features-disabled=" + DISABLED_FEATURES)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!build.waitFor(BUILD_WITHIN.toSeconds(), TimeUnit.SECONDS) || build.exitValue() != 0) {
          build.destroyForcibly();
          throw new StartFailure(
              "Keycloak could not be set up:\n" + Files.readString(log).indent(4));
        }
        Files.createFile(marker);
      }
    }
  }

  /**
   * What {@code kc.sh} would run, without the shell that it leaves between the pid and the program.
   */
  private List<String> command(Path home, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.executable());
    command.addAll(JavaCommand.options(320));
    command.addAll(JavaCommand.quickFromTheStart());
    command.addAll(
        List.of(
            "-XX:MaxMetaspaceSize=256m",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + home.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            parts.keycloakHome().resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    command.addAll(arguments);
    return command;
  }

  private Path home(RealmFile realm) {
    return directory.resolve(realm.version());
  }
}
