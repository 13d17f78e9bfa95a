package io.rostrum.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/**
 * The machine's nginx with {@code deploy/edge/nginx.conf}. Only places differ from a deployment:
 * ports, folders and where the services are.
 */
public final class Nginx implements AutoCloseable {

  private final Path folder;
  private final Process process;
  private final int port;

  private Nginx(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it. The test is skipped where there is no nginx or no openssl.
   *
   * @param folder empty
   * @param services the ports of their nodes, by name
   */
  public static Nginx start(Path folder, Map<String, List<Integer>> services) throws Exception {
    Path nginx = executable("nginx");
    Path openssl = executable("openssl");
    assumeTrue(nginx != null, "nginx is not installed (Debian: apt install nginx-light)");
    assumeTrue(openssl != null, "openssl is not installed (Debian: apt install openssl)");
    for (String name : List.of("tls", "cache", "temp")) {
      Files.createDirectory(folder.resolve(name));
    }
    certificate(openssl, folder.resolve("tls"));
    int clearPort = freePort();
    int port = freePort();
    StringBuilder upstreams = new StringBuilder();
    services.forEach(
        (name, nodes) -> {
          upstreams.append("upstream ").append(name).append(" {");
          nodes.forEach(node -> upstreams.append(" server 127.0.0.1:").append(node).append(';'));
          upstreams.append(" keepalive 4; }\n");
        });
    Files.writeString(folder.resolve("upstreams.conf"), upstreams);
    String configuration =
        "user "
            + System.getProperty("user.name")
            + ";\ndaemon off;\n"
            + DeployFiles.read("deploy/edge/nginx.conf");
    Files.writeString(
        folder.resolve("nginx.conf"),
        configuration
            .replace("worker_processes auto", "worker_processes 1")
            .replace("listen 8080;", "listen 127.0.0.1:" + clearPort + ";")
            .replace("listen 8443 ssl", "listen 127.0.0.1:" + port + " ssl")
            .replace("/etc/nginx/tls", folder.resolve("tls").toString())
            .replace("/var/cache/nginx", folder.resolve("cache").toString())
            .replace("/tmp/nginx.pid", folder.resolve("nginx.pid").toString())
            .replace("/dev/stdout", folder.resolve("access.log").toString())
            .replace("/dev/stderr", folder.resolve("error.log").toString())
            .replaceFirst("http \\{", "http {\n" + temporaryPaths(folder.resolve("temp"))));
    List<String> command =
        List.of(
            nginx.toString(),
            "-p",
            folder.toString(),
            "-c",
            folder.resolve("nginx.conf").toString());
    Process check =
        new ProcessBuilder(Stream.concat(command.stream(), Stream.of("-t")).toList())
            .redirectErrorStream(true)
            .start();
    String verdict = new String(check.getInputStream().readAllBytes());
    assertThat(check.waitFor()).as(verdict).isZero();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> listens(port));
    return new Nginx(folder, process, port);
  }

  /** Its origin. */
  public String url() {
    return "https://127.0.0.1:" + port;
  }

  Path accessLog() {
    return folder.resolve("access.log");
  }

  /** Trusts its certificate and no other. */
  public SSLContext trust() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    try (var in = Files.newInputStream(folder.resolve("tls/fullchain.pem"))) {
      store.setCertificateEntry(
          "edge", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  private static String temporaryPaths(Path temp) {
    StringBuilder paths = new StringBuilder();
    for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      paths.append("    " + kind + "_temp_path " + temp.resolve(kind) + ";\n");
    }
    return paths.toString();
  }

  private static void certificate(Path openssl, Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                (openssl
                        + " req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=edge"
                        + " -addext subjectAltName=IP:127.0.0.1 -keyout privkey.pem -out fullchain.pem")
                    .split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Path executable(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static boolean listens(int port) {
    try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException expected) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
