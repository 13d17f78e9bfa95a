package io.rostrum.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rostrum.system.deploy.Nginx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stack behind the edge of a deployment: the machine's nginx with {@code
 * deploy/edge/nginx.conf}, which caches segments and has each request checked by playback. Skipped
 * where there is no nginx.
 */
@ExtendWith(Rostrum.Stack.class)
class EdgeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private static Nginx edge(Path folder, Rostrum rostrum, List<Integer> playback) throws Exception {
    return Nginx.start(
        Files.createDirectory(folder.resolve("edge")),
        Map.of(
            "playback", playback,
            "catalog", List.of(rostrum.port(8083)),
            "ingest", List.of(rostrum.port(8081)),
            "keycloak", List.of(rostrum.port(8180))));
  }

  /** A client of one origin. */
  private record Viewer(HttpClient http, String origin) {
    static Viewer of(Nginx edge) throws Exception {
      return new Viewer(HttpClient.newBuilder().sslContext(edge.trust()).build(), edge.url());
    }

    static Viewer of(int port) {
      return new Viewer(
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
          "http://127.0.0.1:" + port);
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
      return http.send(request(path), HttpResponse.BodyHandlers.ofByteArray());
    }

    CompletableFuture<String> text(String path) {
      return http.sendAsync(request(path), HttpResponse.BodyHandlers.ofString())
          .thenApply(HttpResponse::body);
    }

    private HttpRequest request(String path) {
      return HttpRequest.newBuilder(URI.create(origin + path)).timeout(PATIENCE).build();
    }

    int status(String path) throws IOException, InterruptedException {
      return get(path).statusCode();
    }
  }

  @Test
  void oneOfTwoPlaybackNodesKilled_viewersGoOn_andBothServeTheSameBytes(Rostrum rostrum)
      throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    Api.Broadcast broadcast = api.create(producer, "Two nodes");
    String base = "/hls/" + broadcast.id() + "/";
    Viewer first = Viewer.of(rostrum.port(8084));
    try (SecondPlayback node = SecondPlayback.start(rostrum, folder);
        Nginx edge = edge(folder, rostrum, List.of(rostrum.port(8084), node.port()));
        Browser browser = new Browser();
        Ffmpeg.Run publisher =
            ffmpeg.publish(ffmpeg.clip(44), rostrum.rtmp() + "/" + broadcast.streamKey())) {
      Viewer second = Viewer.of(node.port());
      browser.open(edge.url() + "/watch/" + broadcast.id());
      browser.awaitState("live");
      browser.awaitPlaying(0);
      assertThat(versionsSeenByBoth(first, second, base + "source.m3u8")).isNotEmpty();

      rostrum.command("kill", "playback");
      try {
        double killedAt = browser.facts().get("time").asDouble();
        JsonNode after = browser.awaitPlaying(killedAt + 5);
        assertThat(after.get("fatal").asInt()).as("%s", after).isZero();
        // What the dead node held, the edge asks of the other one; only an answer that was on its
        // way has to be asked for again.
        assertThat(loadErrors(after)).as("%s", after).hasSizeLessThanOrEqualTo(1);
      } finally {
        rostrum.command("start", "playback");
      }
      assertThat(versionsSeenByBoth(first, second, base + "audio.m3u8")).isNotEmpty();
      assertThat(publisher.await()).as(publisher::log).isZero();
      api.send("POST", "/api/v1/broadcasts/" + broadcast.id() + "/end", producer, null);
      for (Viewer each : List.of(first, second)) {
        await()
            .atMost(PATIENCE)
            .until(() -> Playlists.isEnded(each.text(base + "source.m3u8").join()));
      }
      same(first, second, base);
      JsonNode seen = browser.facts();
      assertThat(seen.get("fatal").asInt()).as("%s", seen).isZero();
    }
  }

  private static List<String> loadErrors(JsonNode facts) {
    List<String> errors = new ArrayList<>();
    facts
        .get("errors")
        .forEach(
            error -> {
              if (error.asText().contains("Load")) {
                errors.add(error.asText());
              }
            });
    return errors;
  }

  /** Follows a live playlist on both nodes for some parts; gives the versions that both had. */
  private static Set<String> versionsSeenByBoth(Viewer first, Viewer second, String path)
      throws Exception {
    Set<String> ofFirst = new HashSet<>();
    Set<String> ofSecond = new HashSet<>();
    String now = first.text(path).get(60, TimeUnit.SECONDS);
    for (int i = 0; i < 5; i++) {
      String hint =
          now.lines()
              .filter(l -> l.startsWith("#EXT-X-PRELOAD-HINT:TYPE=PART"))
              .findFirst()
              .orElseThrow();
      String[] name =
          hint.substring(hint.lastIndexOf('/') + 1, hint.lastIndexOf(".m4s")).split("\\.");
      String held = path + "?_HLS_msn=" + name[0] + "&_HLS_part=" + name[1];
      CompletableFuture<String> other = second.text(held);
      now = first.text(held).get(60, TimeUnit.SECONDS);
      ofFirst.add(now);
      ofSecond.add(other.get(60, TimeUnit.SECONDS));
    }
    ofFirst.retainAll(ofSecond);
    return ofFirst;
  }

  /** Everything that the playlists of a finished broadcast name is alike on both nodes. */
  private static void same(Viewer first, Viewer second, String base) throws Exception {
    for (String list :
        List.of(
            "index.m3u8",
            "live.m3u8",
            "source.m3u8",
            "480p.m3u8",
            "audio.m3u8",
            "live-source.m3u8",
            "iframes-source.m3u8",
            "c/1-3/source.m3u8")) {
      assertThat(second.get(base + list).body()).as(list).isEqualTo(first.get(base + list).body());
    }
    for (String rendition : List.of("source", "480p", "audio")) {
      String playlist = first.text(base + rendition + ".m3u8").join();
      assertThat(playlist).contains("#EXT-X-MEDIA-SEQUENCE:0\n");
      Stream<String> inits =
          playlist
              .lines()
              .filter(line -> line.startsWith("#EXT-X-MAP"))
              .map(line -> line.split("\"")[1]);
      Stream<String> segments = playlist.lines().filter(line -> line.endsWith(".m4s"));
      Stream<String> parts = Stream.of(rendition + "/2.0.m4s", rendition + "/7.1.m4s");
      for (String uri : Stream.of(inits, segments, parts).flatMap(each -> each).toList()) {
        HttpResponse<byte[]> one = first.get(base + uri);
        HttpResponse<byte[]> two = second.get(base + uri);
        assertThat(one.statusCode()).as(uri).isEqualTo(200);
        assertThat(two.body()).as(uri).isEqualTo(one.body());
        assertThat(two.headers().firstValue("ETag")).isEqualTo(one.headers().firstValue("ETag"));
      }
    }
  }

  @Test
  void removedFromTheAudience_isOutBehindTheCacheToo_andNobodyElse(Rostrum rostrum)
      throws Exception {
    Ffmpeg ffmpeg = new Ffmpeg(folder);
    Api api = new Api(rostrum);
    String producer = rostrum.token("producer");
    JsonNode made = createFor(api, producer, "alice", "bob");
    JsonNode elsewhere = createFor(api, producer, "alice");
    String id = made.get("id").asText();
    try (Nginx edge = edge(folder, rostrum, List.of(rostrum.port(8084)));
        Ffmpeg.Run publisher =
            ffmpeg.publish(
                ffmpeg.clip(12), rostrum.rtmp() + "/" + made.at("/ingest/streamKey").asText())) {
      assertThat(publisher.await()).as(publisher::log).isZero();
      Viewer viewer = Viewer.of(edge);
      String alice = session(rostrum, api, id, "alice");
      String bob = session(rostrum, api, id, "bob");
      String other = session(rostrum, api, elsewhere.get("id").asText(), "alice");
      String otherToken = other.replaceFirst(".*/t/", "");
      await().atMost(PATIENCE).until(() -> viewer.status(bob + "source/1.m4s") == 200);
      String init =
          viewer.text(bob + "source.m3u8").join().split("EXT-X-MAP:URI=\"")[1].split("\"")[0];

      for (String kind :
          List.of(
              "index.m3u8",
              "live.m3u8",
              "index.m3u8?start=0",
              "source.m3u8",
              "live-source.m3u8",
              "iframes-source.m3u8",
              "c/0-1/source.m3u8",
              "source/0.0.iframe.m4s",
              init,
              "source/1.m4s",
              "source/1.0.m4s")) {
        assertThat(viewer.status("/hls/" + id + "/" + kind)).as(kind).isEqualTo(401);
        assertThat(viewer.status("/hls/" + id + "/t/" + otherToken + kind)).as(kind).isEqualTo(403);
        assertThat(viewer.status(alice + kind)).as(kind).isEqualTo(200);
      }
      HttpResponse<byte[]> cached = viewer.get(alice + "source/1.m4s");
      assertThat(cached.headers().firstValue("X-Cache")).hasValue("HIT");
      assertThat(viewer.get(bob + "source/1.m4s").headers().firstValue("X-Cache")).hasValue("HIT");

      String onlyBob = "{\"audience\":{\"rules\":[{\"kind\":\"PERSON\",\"name\":\"bob\"}]}}";
      assertThat(api.send("PATCH", "/api/v1/broadcasts/" + id, producer, onlyBob).status())
          .isLessThan(300);

      await("alice is out")
          .atMost(Duration.ofSeconds(30))
          .until(() -> viewer.status(alice + "source/1.m4s") == 403);
      assertThat(viewer.status(alice + "source.m3u8")).isEqualTo(403);
      HttpResponse<byte[]> still = viewer.get(bob + "source/1.m4s");
      assertThat(still.statusCode()).isEqualTo(200);
      assertThat(still.body()).isEqualTo(cached.body());
      assertThat(still.headers().firstValue("X-Cache")).hasValue("HIT");
    }
  }

  private static JsonNode createFor(Api api, String producer, String... people) {
    String rules =
        String.join(
            ",",
            Stream.of(people).map(p -> "{\"kind\":\"PERSON\",\"name\":\"" + p + "\"}").toList());
    Api.Answer answer =
        api.send(
            "POST",
            "/api/v1/broadcasts",
            producer,
            "{\"title\":\"For few\",\"audience\":{\"rules\":[" + rules + "]}}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  /** The folder of a viewer's addresses, with the token in it. */
  private static String session(Rostrum rostrum, Api api, String id, String user) {
    Api.Answer answer =
        api.send(
            "POST", "/api/v1/broadcasts/" + id + "/playback-session", rostrum.token(user), "{}");
    assertThat(answer.status()).as(answer.body()).isLessThan(300);
    String path = URI.create(answer.json().get("tokenHlsUrl").asText()).getPath();
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
