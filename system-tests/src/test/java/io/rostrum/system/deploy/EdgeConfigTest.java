package io.rostrum.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.system.deploy.StubService.Request;
import io.rostrum.system.deploy.StubService.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code deploy/edge/nginx.conf} promises, with a real nginx and services that count.
 * Broadcast {@code open1} is public, {@code closed1} wants the token {@value #TOKEN}.
 */
class EdgeConfigTest {

  private static final String TOKEN = "eyJ0b2tlbiI6MX0.c2VjcmV0c2VjcmV0";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Set<String> closed = ConcurrentHashMap.newKeySet();
  private volatile boolean revoked;
  private StubService playback;
  private StubService other;
  private Nginx edge;
  private HttpClient viewer;

  @BeforeEach
  void start() throws Exception {
    closed.add("closed1");
    playback = new StubService(this::playback);
    other = new StubService(request -> new Response(200, Map.of(), "other " + request.path()));
    edge =
        Nginx.start(
            folder,
            Map.of(
                "playback", List.of(playback.port()),
                "catalog", List.of(other.port()),
                "ingest", List.of(other.port()),
                "keycloak", List.of(other.port())));
    viewer = HttpClient.newBuilder().sslContext(edge.trust()).connectTimeout(LIMIT).build();
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : new AutoCloseable[] {edge, playback, other}) {
      if (part != null) {
        part.close();
      }
    }
  }

  @Test
  void segment_askedForAgain_comesFromTheEdge() throws Exception {
    HttpResponse<String> first = get("/hls/open1/720p/17.m4s");
    HttpResponse<String> again = get("/hls/open1/720p/17.m4s");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("X-Cache")).hasValue("HIT");
    assertThat(again.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(again.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(playback.gets("/hls/open1/720p/17.m4s")).isEqualTo(1);
  }

  @Test
  void segment_ofAClosedBroadcast_isSharedByTokensAndGivenToNobodyElse() throws Exception {
    HttpResponse<String> admitted = get("/hls/closed1/t/" + TOKEN + "/720p/17.m4s");
    HttpResponse<String> byCookie = get("/hls/closed1/720p/17.m4s", "rostrum_playback=" + TOKEN);
    HttpResponse<String> without = get("/hls/closed1/720p/17.m4s");
    HttpResponse<String> wrong = get("/hls/closed1/t/other/720p/17.m4s");

    assertThat(admitted.statusCode()).isEqualTo(200);
    assertThat(byCookie.headers().firstValue("X-Cache")).hasValue("HIT");
    assertThat(byCookie.body()).isEqualTo(admitted.body());
    assertThat(List.of(without, wrong))
        .allSatisfy(
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(401);
              // Playback's own words, not nginx's page.
              assertThat(refused.body()).contains("No valid playback token");
            });
  }

  @Test
  void segment_cachedWhileTheBroadcastWasPublic_isPrivateOnceItIsClosed() throws Exception {
    get("/hls/open1/720p/17.m4s");
    closed.add("open1");

    HttpResponse<String> admitted = get("/hls/open1/t/" + TOKEN + "/720p/17.m4s");

    assertThat(admitted.headers().firstValue("X-Cache")).hasValue("HIT");
    // A cache further down must not take it for everybody's.
    assertThat(admitted.headers().allValues("Cache-Control"))
        .containsExactly("private, max-age=31536000, immutable");
    assertThat(get("/hls/open1/720p/17.m4s").statusCode()).isEqualTo(401);
  }

  @Test
  void segment_thatIsNotThere_keepsPlaybacksWordOnHowLongThatHolds() throws Exception {
    HttpResponse<String> missing = get("/hls/open1/720p/404.m4s");

    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().allValues("Cache-Control")).containsExactly("max-age=1");
  }

  @Test
  void segment_ofAViewerWhoLostAdmission_isNotGivenOutFromTheCache() throws Exception {
    get("/hls/closed1/t/" + TOKEN + "/720p/17.m4s");
    get("/hls/closed1/t/" + TOKEN + "/720p/17.m4s");
    revoked = true;

    assertThat(get("/hls/closed1/t/" + TOKEN + "/720p/17.m4s").statusCode()).isEqualTo(401);
  }

  @Test
  void range_ofASegment_isCutFromTheSharedCopy() throws Exception {
    get("/hls/open1/720p/17.m4s");
    HttpResponse<String> range =
        viewer.send(
            request("/hls/open1/720p/17.m4s").header("Range", "bytes=0-3").build(),
            BodyHandlers.ofString());

    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo("byte");
    assertThat(playback.gets("/hls/open1/720p/17.m4s")).isEqualTo(1);
  }

  @Test
  void playlist_ofAPublicBroadcast_isShared() throws Exception {
    get("/hls/open1/720p.m3u8");
    HttpResponse<String> again = get("/hls/open1/720p.m3u8");

    assertThat(again.headers().firstValue("X-Cache")).hasValue("HIT");
    assertThat(playback.gets("/hls/open1/720p.m3u8")).isEqualTo(1);
  }

  @Test
  void playlist_cachedWhileTheBroadcastWasPublic_isSoonRefused() throws Exception {
    get("/hls/open1/720p.m3u8");
    closed.add("open1");

    // Playback lets it be kept for a minute; a finished one even for ever.
    Awaitility.await().atMost(LIMIT).until(() -> get("/hls/open1/720p.m3u8").statusCode() == 401);
  }

  @Test
  void playlist_ofAClosedBroadcast_isNeverShared() throws Exception {
    String path = "/hls/closed1/t/" + TOKEN + "/720p.m3u8";
    get(path);
    get(path);

    assertThat(playback.gets(path)).isEqualTo(2);
    assertThat(get("/hls/closed1/720p.m3u8").statusCode()).isEqualTo(401);
  }

  @Test
  void playlist_askedForInAnotherSpelling_doesNotSpoilTheSharedOne() throws Exception {
    HttpResponse<String> misspelt = get("/hls/open1//720p.m3u8");
    HttpResponse<String> right = get("/hls/open1/720p.m3u8");

    assertThat(misspelt.statusCode()).isEqualTo(404);
    assertThat(right.statusCode()).isEqualTo(200);
  }

  @Test
  void heldRequests_ofSeveralViewers_allReachPlaybackAtOnce() throws Exception {
    for (String path :
        List.of(
            "/hls/open1/720p.m3u8?_HLS_msn=18&_HLS_part=1",
            "/hls/open1/720p/18.1.m4s",
            "/hls/open1/index.m3u8")) {
      CountDownLatch allThere = new CountDownLatch(3);
      held.put(path, allThere);
      // Who waits for a broadcast to begin says so; of the others it means nothing.
      HttpRequest waiting = request(path).header("Prefer", "wait=10").build();
      List<CompletableFuture<HttpResponse<String>>> viewers =
          Stream.generate(() -> viewer.sendAsync(waiting, BodyHandlers.ofString()))
              .limit(3)
              .toList();

      assertThat(allThere.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(path).isTrue();
      for (CompletableFuture<HttpResponse<String>> answer : viewers) {
        assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      }
    }
    // The cache had no part in it: who waits at its lock looks again only every half second.
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(Files.readAllLines(edge.accessLog()))
                    .hasSize(9)
                    .allMatch(line -> line.contains("\"cache\":\"\"")));
  }

  @Test
  void readTimeout_isLongerThanPlaybackHoldsARequest() {
    int targetDurationSeconds =
        Integer.parseInt(
            DeployFiles.only(
                DeployFiles.read(
                    "playback-service/src/main/java/io/rostrum/playback/config/PlaybackConfig.java"),
                "@WithDefault\\(\"(\\d+)\"\\)\\s+int targetDurationSeconds"));
    int timeoutSeconds =
        Integer.parseInt(
            DeployFiles.only(
                DeployFiles.read("deploy/edge/nginx.conf"), "proxy_read_timeout (\\d+)s;"));

    assertThat(timeoutSeconds).isGreaterThan(3 * targetDurationSeconds + 2);
  }

  @Test
  void tokens_inPathsAndCookies_areWrittenNowhere() throws Exception {
    get("/hls/closed1/t/" + TOKEN + "/720p/17.m4s");
    get("/hls/closed1/t/" + TOKEN + "/720p.m3u8");
    get("/hls/closed1/720p/18.m4s", "rostrum_playback=" + TOKEN);
    get("/signed-in?code=" + TOKEN);
    playback.close();
    // These fail, and nginx has something to say about it.
    assertThat(get("/hls/closed1/t/" + TOKEN + "/720p/17.m4s").statusCode()).isEqualTo(503);
    assertThat(get("/hls/closed1/t/" + TOKEN + "/720p/19.0.m4s").statusCode()).isEqualTo(503);
    assertThat(get("/hls/closed1/t/" + TOKEN + "/index.m3u8").statusCode()).isEqualTo(503);
    edge.close();

    assertThat(edge.accessLog()).content().contains("/hls/closed1/t/-/720p/17.m4s");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThan(4)
          .allSatisfy(file -> assertThat(text(file)).doesNotContain(TOKEN));
    }
  }

  @Test
  void service_isAway_isToldAsAProblemThatPasses() throws Exception {
    playback.close();

    HttpResponse<String> answer = get("/hls/open1/index.m3u8");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
  }

  @Test
  void node_thatDiesWhileItHoldsRequests_leavesThemToAnotherOne() throws Exception {
    CountDownLatch death = new CountDownLatch(1);
    StubService dying =
        new StubService(
            request -> {
              await(death);
              return new Response(200, Map.of(), "from a dead node");
            });
    String path = "/hls/open1/720p.m3u8?_HLS_msn=18&_HLS_part=1";
    try (dying;
        Nginx both =
            Nginx.start(
                Files.createDirectory(folder.resolve("both")),
                Map.of(
                    "playback", List.of(dying.port(), playback.port()),
                    "catalog", List.of(other.port()),
                    "ingest", List.of(other.port()),
                    "keycloak", List.of(other.port())))) {
      HttpClient client = HttpClient.newBuilder().sslContext(both.trust()).build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(both.url() + path)).timeout(LIMIT).build();
      List<CompletableFuture<HttpResponse<String>>> viewers =
          Stream.generate(() -> client.sendAsync(request, BodyHandlers.ofString()))
              .limit(4)
              .toList();
      Awaitility.await().atMost(LIMIT).until(() -> dying.gets(path) > 0);

      dying.close();
      death.countDown();

      for (CompletableFuture<HttpResponse<String>> answer : viewers) {
        assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS).body()).isEqualTo("playback's");
      }
    }
  }

  @Test
  void paths_goToTheirServices() throws Exception {
    for (String path : List.of("/api/v1/broadcasts?q=a", "/whip/open1", "/auth/realms/rostrum/x")) {
      assertThat(get(path).body()).isEqualTo("other " + path);
    }
    for (String path : List.of("/", "/watch/open1", "/apix", "/question")) {
      assertThat(get(path).body()).isEqualTo("playback's");
    }
    for (String path : List.of("/q/health", "/q", "/auth/admin/", "/-/admission")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(other.requests()).hasSize(3);
  }

  @Test
  void forwardedAddress_thatAClientClaims_isNotPassedOn() throws Exception {
    viewer.send(
        request("/api/v1/broadcasts").header("X-Forwarded-For", "192.0.2.7").build(),
        BodyHandlers.ofString());

    assertThat(other.requests().get(0).headers())
        .containsEntry("x-forwarded-for", "127.0.0.1")
        .containsEntry("x-forwarded-proto", "https");
  }

  private Response playback(Request request) {
    String path = request.path();
    CountDownLatch latch = held.get(path);
    if (latch != null) {
      latch.countDown();
      await(latch);
    }
    boolean open = closed.stream().noneMatch(id -> path.startsWith("/hls/" + id + "/"));
    boolean token =
        path.contains("/t/" + TOKEN + "/")
            || request.headers().getOrDefault("cookie", "").contains("=" + TOKEN);
    if (path.startsWith("/hls/") && !open && (!token || revoked)) {
      return new Response(
          401, Map.of("Cache-Control", "no-store"), "{\"title\":\"No valid playback token\"}");
    }
    if (path.endsWith("/404.m4s")) {
      return new Response(404, Map.of("Cache-Control", "max-age=1"), "missing");
    }
    String scope = open ? "public, " : "private, ";
    if (path.contains("//")) {
      return new Response(404, Map.of("Cache-Control", scope + "max-age=60"), "misspelt");
    }
    if (path.endsWith(".m4s")) {
      Map<String, String> headers =
          Map.of("Cache-Control", scope + "max-age=9, immutable", "Accept-Ranges", "bytes");
      return new Response(200, headers, "bytes of a segment");
    }
    return new Response(200, Map.of("Cache-Control", scope + "max-age=60"), "playback's");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(edge.url() + path)).timeout(LIMIT);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return viewer.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String cookie)
      throws IOException, InterruptedException {
    return viewer.send(request(path).header("Cookie", cookie).build(), BodyHandlers.ofString());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
