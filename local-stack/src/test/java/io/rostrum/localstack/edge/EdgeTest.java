package io.rostrum.localstack.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.localstack.process.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The edge on real sockets before a service that answers as each test wants. */
@Timeout(60)
class EdgeTest {

  private static final String PASSWORD = "test-password";

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private volatile Consumer<HttpServerRequest> playback = request -> request.response().end();
  private HttpServer backend;
  private int port;
  private int tlsPort;

  @BeforeEach
  void start() throws Exception {
    System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
    backend =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> playback.accept(request))
                .listen(0, "127.0.0.1"));
    port = FreePort.next();
    tlsPort = FreePort.next();
    URI nobody = URI.create("http://127.0.0.1:" + FreePort.next());
    EdgeConfig config =
        new EdgeConfig(
            "127.0.0.1",
            port,
            tlsPort,
            keyStore(),
            PASSWORD,
            nobody,
            nobody,
            URI.create("http://127.0.0.1:" + backend.actualPort()));
    await(vertx.deployVerticle(new Edge(config)));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  @Test
  void request_forTheWebApp_reachesPlaybackWithWhoAsked() throws Exception {
    playback =
        request ->
            request
                .response()
                .putHeader("Seen-For", request.getHeader("X-Forwarded-For"))
                .putHeader("Seen-Proto", request.getHeader("X-Forwarded-Proto"))
                .putHeader("Seen-Host", request.getHeader("X-Forwarded-Host"))
                .end(request.uri());

    HttpResponse<String> response = get("/watch/x?y=z%20a", "X-Forwarded-For", "192.0.2.7");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("/watch/x?y=z%20a");
    assertThat(response.headers().firstValue("Seen-For")).contains("192.0.2.7, 127.0.0.1");
    assertThat(response.headers().firstValue("Seen-Proto")).contains("http");
    assertThat(response.headers().firstValue("Seen-Host")).contains("127.0.0.1:" + port);
  }

  @Test
  void request_whenTheServiceIsAway_isAProblemThatSaysSo() throws Exception {
    HttpResponse<String> response = get("/api/v1/broadcasts");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.headers().firstValue("Retry-After")).contains("1");
    assertThat(response.body()).contains("catalog").contains("\"status\":503");
  }

  @Test
  void request_forInternals_isNotForwarded() throws Exception {
    assertThat(get("/q/metrics").statusCode()).isEqualTo(404);
  }

  @Test
  void response_unfinished_isPassedOnAsItComes() throws Exception {
    CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    playback =
        request -> {
          request.response().setChunked(true).write("first");
          held.complete(request);
        };

    HttpResponse<InputStream> response =
        client().send(to("/hls/a").build(), HttpResponse.BodyHandlers.ofInputStream());
    byte[] first = response.body().readNBytes(5);
    held.get(10, TimeUnit.SECONDS).response().end("second");

    assertThat(first).asString(StandardCharsets.US_ASCII).isEqualTo("first");
    assertThat(response.body().readAllBytes())
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("second");
  }

  @Test
  void body_large_arrivesWhole() throws Exception {
    playback = request -> request.body().onSuccess(body -> request.response().end(body));
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);

    HttpResponse<byte[]> response =
        client()
            .send(
                to("/echo").POST(HttpRequest.BodyPublishers.ofByteArray(sent)).build(),
                HttpResponse.BodyHandlers.ofByteArray());

    assertThat(response.body()).isEqualTo(sent);
  }

  @Test
  void notModifiedAndHead_haveNoBodyAndKeepTheConnection() throws Exception {
    playback =
        request -> {
          if (request.getHeader("If-None-Match") != null) {
            request.response().setStatusCode(304).putHeader("ETag", "\"1\"").end();
          } else {
            request
                .response()
                .putHeader("Content-Length", "5")
                .end(
                    request.method().name().equals("HEAD")
                        ? Buffer.buffer()
                        : Buffer.buffer("12345"));
          }
        };
    HttpClient client = client();

    HttpResponse<String> head =
        client.send(
            to("/a").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(head.headers().firstValue("Content-Length")).contains("5");
    assertThat(get("/a", "If-None-Match", "\"1\"").statusCode()).isEqualTo(304);
    assertThat(get("/a").body()).isEqualTo("12345");
  }

  @Test
  void viewer_whoLeavesWhileItsRequestIsHeld_isNotHeldInTheService() throws Exception {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CompletableFuture<Void> left = new CompletableFuture<>();
    playback =
        request -> {
          request.response().closeHandler(closed -> left.complete(null));
          arrived.complete(null);
        };
    try (Socket viewer = new Socket("127.0.0.1", port)) {
      viewer
          .getOutputStream()
          .write("GET /hls/held HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      arrived.get(10, TimeUnit.SECONDS);
    }

    left.get(10, TimeUnit.SECONDS);
  }

  @Test
  void tls_speaksHttp2() throws Exception {
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .sslContext(trustingEverybody())
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + tlsPort + "/a")).build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = to(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  private Path keyStore() throws Exception {
    Path file = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-dname",
                "CN=test")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    return file;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static SSLContext trustingEverybody() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustEverybody()}, new SecureRandom());
    return context;
  }

  /** The certificate is self-signed. */
  private static final class TrustEverybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
