package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static io.rostrum.playback.testing.Viewer.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** Requests that no player of ours sends: each has its answer, and none is a 500. */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class OddRequestsIT {
  private static final int STREAMS = 90;

  /** The statuses of what reaches our code. */
  private static final Set<Integer> OURS = Set.of(404, 405, 416);

  private static final String PLAYLIST = "GET /hls/ID/source.m3u8";
  private static final String SEGMENT = "GET /hls/ID/source/0.m4s";

  @Inject Broadcasts broadcasts;
  private PlaybackNode node;
  private Script script;
  private String id;

  @BeforeEach
  void open() {
    node = new PlaybackNode();
    id = node.newBroadcast();
    script = new Script(id);
    node.segment(id, script, 0);
    node.segment(id, script, 1);
    node.publisher.facts(script.open(2));
    node.listed(id, 1);
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** An answer, read to the end of the connection. */
  private record Raw(int status, String head, byte[] body) {}

  private Raw send(String request) {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      String[] lines = request.replace("ID", id).split("\n", 2);
      String fields = lines.length > 1 ? lines[1].replace("\n", "\r\n") + "\r\n" : "";
      String text =
          lines[0] + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      byte[] all = socket.getInputStream().readAllBytes();
      String answer = new String(all, StandardCharsets.ISO_8859_1);
      int end = answer.indexOf("\r\n\r\n");
      assertThat(end).as(answer).isPositive();
      return new Raw(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, end),
          answer.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError(request, e);
    }
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        // RFC 9110 §14.2: what cannot be read is ignored, what is outside is 416.
        arguments(SEGMENT + "\nRange: bytes=0-0", 206),
        arguments(SEGMENT + "\nRange: bytes=-1", 206),
        arguments(SEGMENT + "\nRange: bytes=3-", 206),
        arguments(SEGMENT + "\nRange: bytes=0-99999999999", 206),
        arguments(SEGMENT + "\nRange: bytes=99999999-", 416),
        arguments(SEGMENT + "\nRange: bytes=-0", 416),
        arguments(SEGMENT + "\nRange: bytes=5-2", 200),
        arguments(SEGMENT + "\nRange: bytes=--5", 200),
        arguments(SEGMENT + "\nRange: bytes=+1-+2", 200),
        arguments(SEGMENT + "\nRange: bytes=a-b", 200),
        arguments(SEGMENT + "\nRange: bytes=", 200),
        arguments(SEGMENT + "\nRange: bytes=-", 200),
        arguments(SEGMENT + "\nRange: bytes=0-1,3-4", 200),
        arguments(SEGMENT + "\nRange: bytes=0-999999999999999999999999", 200),
        arguments(SEGMENT + "\nRange: lines=1-2", 200),
        arguments(SEGMENT + "\nRange: bytes=0-3\nIf-Range: \"source-0\"", 206),
        arguments(SEGMENT + "\nRange: bytes=0-3\nIf-Range: W/\"source-0\"", 200),
        arguments(SEGMENT + "\nRange: bytes=0-3\nIf-Range: Sat, 21 Nov 2026 09:00:00 GMT", 200),
        arguments(PLAYLIST + "\nRange: bytes=0-3", 200),
        // §13.1.2
        arguments(SEGMENT + "\nIf-None-Match: \"source-0\"", 304),
        arguments(SEGMENT + "\nIf-None-Match: W/\"source-0\"", 304),
        arguments(SEGMENT + "\nIf-None-Match: \"a\", \"source-0\"", 304),
        arguments(SEGMENT + "\nIf-None-Match: *", 304),
        arguments(SEGMENT + "\nIf-None-Match: source-0", 200),
        arguments(SEGMENT + "\nIf-None-Match: ,,,", 200),
        arguments(SEGMENT + "\nIf-Modified-Since: Sat, 21 Nov 2099 09:00:00 GMT", 200),
        // §6.2.5.2 of RFC 8216bis, and what it leaves open
        arguments(PLAYLIST + "?_HLS_msn=", 400),
        arguments(PLAYLIST + "?_HLS_msn=-1", 400),
        arguments(PLAYLIST + "?_HLS_msn=1.5", 400),
        arguments(PLAYLIST + "?_HLS_msn=1e3", 400),
        arguments(PLAYLIST + "?_HLS_msn=0x1", 400),
        arguments(PLAYLIST + "?_HLS_msn=%201", 400),
        arguments(PLAYLIST + "?_HLS_msn=%D9%A1", 400),
        arguments(PLAYLIST + "?_HLS_msn=99999999999999999999", 400),
        arguments(PLAYLIST + "?_HLS_msn=999999999999", 400),
        arguments(PLAYLIST + "?_HLS_msn=0&_HLS_part=", 400),
        arguments(PLAYLIST + "?_HLS_msn=0&_HLS_part=-1", 400),
        arguments(PLAYLIST + "?_HLS_msn=0&_HLS_part=x", 400),
        arguments(PLAYLIST + "?_HLS_part=0", 400),
        arguments(PLAYLIST + "?_HLS_msn=0&_HLS_part=99999999999", 200),
        arguments(PLAYLIST + "?_HLS_msn=0&_HLS_msn=x", 200),
        arguments(PLAYLIST + "?_HLS_skip=maybe", 200),
        arguments(PLAYLIST + "?_HLS_unknown=1&a=b&=&&", 200),
        arguments(PLAYLIST + "?a=%", 400),
        arguments(PLAYLIST + "?" + "a=b&".repeat(1500), 200),
        arguments(PLAYLIST + "?" + "a".repeat(7000), 200),
        arguments(PLAYLIST + "?" + "a".repeat(9000), 414),
        arguments(PLAYLIST + "\nX-Large: " + "a".repeat(20_000), 431),
        arguments("GET /hls/ID/index.m3u8?start=%FF", 400),
        arguments("GET /hls/ID/index.m3u8?start=9e99&end=1", 400),
        arguments("GET /hls/ID/index.m3u8?start=NaN", 400),
        arguments("GET /hls/ID/index.m3u8?start=Infinity", 400),
        arguments("GET /hls/ID/index.m3u8?start=-5", 400),
        arguments("GET /hls/ID/index.m3u8?start=2&end=1", 400),
        // Paths: one spelling of each
        arguments("GET /hls", 404),
        arguments("GET /hls/", 404),
        arguments("GET /hls/ID", 404),
        arguments("GET /hls/ID/", 404),
        arguments("GET /hls/ID//source.m3u8", 404),
        arguments("GET /hls/ID/source/../source.m3u8", 404),
        arguments("GET /hls/ID/source%2F0.m4s", 404),
        arguments("GET /hls/ID/%2e%2e/%2e%2e/etc/passwd", 404),
        arguments("GET /hls/ID/SOURCE.m3u8", 404),
        arguments("GET /hls/ID/source/00.m4s", 404),
        arguments("GET /hls/ID/source/0.m4s/", 404),
        arguments("GET /hls/ID/source/-1.m4s", 404),
        arguments("GET /hls/ID/source/0.0.0.m4s", 404),
        arguments("GET /hls/ID/source/0.m4s%00", 404),
        arguments("GET /hls/ID/source/99999999999999.m4s", 404),
        arguments("GET /hls/ID/source/0.99999.m4s", 404),
        arguments("GET /hls/ID/source/init-.mp4", 404),
        arguments("GET /hls/ID/c/1-0/source.m3u8", 404),
        arguments("GET /hls/ID/c/0-99/source.m3u8", 404),
        arguments("GET /hls/ID/t//source.m3u8", 200),
        arguments("GET /hls/ID/t/" + "x".repeat(6000) + "/source.m3u8", 200),
        arguments(PLAYLIST + "\nCookie: rostrum_playback", 200),
        arguments(PLAYLIST + "\nCookie: rostrum_playback=; rostrum_playback=a=b; =;;", 200),
        // Methods
        arguments("POST /hls/ID/source.m3u8\nContent-Length: 0", 405),
        arguments("DELETE /hls/ID/source.m3u8", 405),
        arguments("FETCH /hls/ID/source.m3u8", 405),
        arguments("OPTIONS /hls/ID/source.m3u8", 204));
  }

  @Test
  void requests_haveTheirAnswers() {
    SoftAssertions all = new SoftAssertions();
    requests()
        .forEach(
            each -> {
              String request = (String) each.get()[0];
              int status = (int) each.get()[1];
              Raw answer = send(request);
              all.assertThat(answer.status()).as(request).isEqualTo(status);
              if (OURS.contains(status) && !request.contains("%2e") && !request.endsWith("/hls")) {
                all.assertThat(answer.head()).as(request).contains("application/problem+json");
              }
            });
    all.assertAll();
  }

  @Test
  void gzip_isSentToThoseWhoPreferIt_andCachesAreTold() {
    Raw gzip = send(PLAYLIST + "\nAccept-Encoding: br, gzip;q=0.5");
    Raw plain = send(PLAYLIST + "\nAccept-Encoding: gzip;q=0");
    Raw broken = send(PLAYLIST + "\nAccept-Encoding: ;");

    assertThat(gzip.head()).containsIgnoringCase("content-encoding: gzip");
    assertThat(plain.head()).doesNotContainIgnoringCase("content-encoding:");
    assertThat(broken.status()).isEqualTo(200);
    assertThat(List.of(gzip, plain, broken))
        .allSatisfy(
            answer -> assertThat(answer.head()).containsIgnoringCase("vary: Accept-Encoding"));
  }

  @Test
  void head_hasTheHeadOfGet_andNoBody() {
    for (String path :
        List.of(
            "index.m3u8",
            "source.m3u8",
            "iframes-source.m3u8",
            "source/init-init0source.mp4",
            "source/0.m4s",
            "source/0.0.m4s",
            "c/0-1/source.m3u8",
            "nothing.m3u8",
            "source.m3u8?_HLS_part=1")) {
      Raw get = send("GET /hls/ID/" + path);
      Raw head = send("HEAD /hls/ID/" + path);
      assertThat(withoutDate(head.head())).as(path).isEqualTo(withoutDate(get.head()));
      assertThat(head.body()).as(path).isEmpty();
      assertThat(get.body()).as(path).isNotEmpty();
    }
  }

  private static List<String> withoutDate(String head) {
    return head.toLowerCase(java.util.Locale.ROOT)
        .lines()
        .filter(line -> !line.startsWith("date:"))
        .sorted()
        .toList();
  }

  @Test
  void bodiesAndQueues_doNotConfuseAConnection() throws IOException {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      String get = "GET /hls/" + id + "/source/0.0.m4s HTTP/1.1\r\nHost: localhost\r\n";
      String held = "GET /hls/" + id + "/source/2.0.m4s HTTP/1.1\r\nHost: localhost\r\n\r\n";
      // A GET with a body, one that waits, and one behind it, all at once.
      socket
          .getOutputStream()
          .write(
              (get + "Content-Length: 5\r\n\r\nhello" + held + get + "Connection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      eventually("held", () -> broadcasts.here(id).heldRequests() == 1);
      node.publisher.parts(id, List.of(script.part("source", 2, 0)));

      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(all.split("HTTP/1.1 200 OK\r\n", -1)).hasSize(4);
    }
  }

  @Test
  void preflight_allowsWhatPlayersSend() {
    Raw answer =
        send(
            "OPTIONS /hls/ID/source/0.m4s\nOrigin: https://elsewhere.example\n"
                + "Access-Control-Request-Method: GET\nAccess-Control-Request-Headers: range,cmcd-session");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.head().toLowerCase(java.util.Locale.ROOT))
        .contains("access-control-allow-origin: *")
        .contains("access-control-allow-methods: get, head, options")
        .containsPattern("access-control-allow-headers: .*range.*cmcd-session");
  }

  @Test
  void manyStreamsOfOneConnection_areHeldAndAnswered() {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    URI held =
        URI.create(
            "http://127.0.0.1:" + port + "/hls/" + id + "/audio.m3u8?_HLS_msn=2&_HLS_part=0");
    // The first request upgrades the connection.
    HttpRequest plain =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/hls/" + id + "/audio.m3u8"))
            .build();
    HttpResponse<String> first =
        join(client.sendAsync(plain, HttpResponse.BodyHandlers.ofString()));
    assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);

    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, STREAMS)
            .mapToObj(
                i ->
                    client.sendAsync(
                        HttpRequest.newBuilder(held).build(), HttpResponse.BodyHandlers.ofString()))
            .toList();
    eventually("held", () -> broadcasts.here(id).heldRequests() == STREAMS);
    node.publisher.parts(id, List.of(script.part("audio", 2, 0)));

    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(join(answer).statusCode()).isEqualTo(200);
      assertThat(join(answer).body()).contains("audio/2.0.m4s");
    }
    assertThat(broadcasts.here(id).heldRequests()).isZero();
  }
}
