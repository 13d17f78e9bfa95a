package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static io.rostrum.playback.testing.Viewer.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import io.rostrum.playback.testing.Viewer;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broadcast while it runs, through real Kafka. */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class LiveIT {
  @Inject Broadcasts broadcasts;

  private PlaybackNode node;
  private Viewer viewer;
  private String id;
  private Script script;

  @BeforeEach
  void broadcast() {
    node = new PlaybackNode();
    viewer = node.viewer;
    id = node.newBroadcast();
    script = new Script(id);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private String path(String rest) {
    return "/hls/" + id + "/" + rest;
  }

  private int held() {
    var here = broadcasts.here(id);
    return here == null ? 0 : here.heldRequests();
  }

  @Test
  void beforeTheFirstPart_everyPlaylistIs404ForASecond() {
    for (String name : List.of("index.m3u8", "live.m3u8", "source.m3u8", "source/0.0.m4s")) {
      HttpResponse<String> early = viewer.get(path(name));
      assertThat(early.statusCode()).isEqualTo(404);
      assertThat(early.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(early.headers().firstValue("Cache-Control")).contains("max-age=1");
      assertThat(early.body()).contains("\"status\":404").contains("Ask again");
    }
  }

  @Test
  void broadcast_playsFromItsFirstPartToItsEnd() throws IOException {
    node.publisher.facts(script.open(0));
    node.publisher.parts(id, List.of(script.part("source", 0, 0), script.part("audio", 0, 0)));
    eventually("started", () -> viewer.get(path("index.m3u8")).statusCode() == 200);

    assertThat(viewer.get(path("index.m3u8")).body())
        .contains("CODECS=\"avc1.64001f,mp4a.40.2\",RESOLUTION=1280x720,FRAME-RATE=30.000")
        .contains("BANDWIDTH=4140000,AVERAGE-BANDWIDTH=3128000")
        .contains("AUDIO=\"audio\"\nsource.m3u8\n");
    assertThat(viewer.get(path("live.m3u8")).body()).contains("live-source.m3u8");

    // Held until the part is there, and then the whole of it.
    CompletableFuture<HttpResponse<String>> playlist =
        viewer.getAsync(path("source.m3u8?_HLS_msn=0&_HLS_part=1"));
    CompletableFuture<HttpResponse<byte[]>> hinted = viewer.bytesAsync(path("source/0.1.m4s"));
    CompletableFuture<HttpResponse<String>> other =
        viewer.getAsync(path("audio.m3u8?_HLS_msn=0&_HLS_part=1"));
    eventually("held", () -> held() == 3);
    node.publisher.parts(id, List.of(script.part("source", 0, 1)));
    assertThat(join(playlist).body())
        .contains("URI=\"source/0.1.m4s\"")
        .contains("PRELOAD-HINT:TYPE=PART,URI=\"source/0.2.m4s\"");
    assertThat(join(playlist).headers().firstValue("Cache-Control")).contains("public, max-age=36");
    assertThat(join(hinted).body()).isEqualTo(Script.bytes("source", 0, 1));
    assertThat(join(hinted).headers().firstValue("Content-Type")).contains("video/mp4");
    assertThat(join(hinted).headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(other).isNotDone();
    node.publisher.parts(id, List.of(script.part("audio", 0, 1)));
    assertThat(join(other).body()).contains("audio/0.1.m4s");

    // The segment, and its successor's first part through the hint between segments.
    node.publisher.parts(id, script.parts(0));
    CompletableFuture<HttpResponse<String>> full = viewer.getAsync(path("source.m3u8?_HLS_msn=0"));
    CompletableFuture<HttpResponse<String>> beyond =
        viewer.getAsync(path("source.m3u8?_HLS_msn=0&_HLS_part=8"));
    eventually("held", () -> held() == 2);
    node.publisher.facts(script.close(0));
    assertThat(join(full).body()).contains("#EXTINF:4.0,\nsource/0.m4s\n").contains("1.0.m4s");
    assertThat(beyond).isNotDone();
    node.publisher.facts(script.open(1));
    node.publisher.parts(id, List.of(script.part("source", 1, 0)));
    assertThat(join(beyond).body()).contains("URI=\"source/1.0.m4s\",INDEPENDENT=YES");
    assertThat(viewer.bytes(path("source/0.m4s")).body())
        .isEqualTo(Script.segmentBytes("source", 0));
    assertThat(viewer.bytes(path("audio/0.m4s")).headers().firstValue("Content-Type"))
        .contains("audio/mp4");
    assertThat(viewer.bytes(path("source/init-init0source.mp4")).body())
        .isEqualTo(Script.init("init0source"));

    // Whatever is held gets its answer at the end.
    CompletableFuture<HttpResponse<String>> next =
        viewer.getAsync(path("live-source.m3u8?_HLS_msn=2&_HLS_part=0"));
    CompletableFuture<HttpResponse<byte[]>> never = viewer.bytesAsync(path("source/2.0.m4s"));
    node.publisher.parts(id, script.parts(1));
    eventually("held", () -> held() >= 1);
    node.publisher.facts(script.close(1), script.end(2));
    assertThat(join(next).statusCode()).isEqualTo(200);
    assertThat(join(next).body()).endsWith("source/1.m4s\n#EXT-X-ENDLIST\n");
    assertThat(join(never).statusCode()).isEqualTo(404);
    for (String name : List.of("source", "audio", "live-source", "live-audio")) {
      assertThat(viewer.get(path(name + ".m3u8?_HLS_msn=99&_HLS_part=x")).body())
          .endsWith("/1.m4s\n#EXT-X-ENDLIST\n")
          .doesNotContain("PRELOAD-HINT");
    }
  }

  @Test
  void deltaUpdate_skipsWhatTheViewerHas() {
    for (long msn = 0; msn < 15; msn++) {
      node.segment(id, script, msn);
    }
    node.listed(id, 14);
    for (String directive : List.of("YES", "v2")) {
      String delta = viewer.get(path("source.m3u8?_HLS_msn=14&_HLS_skip=" + directive)).body();
      assertThat(delta)
          .contains("#EXT-X-VERSION:9\n")
          .contains("#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n")
          .contains("#EXT-X-SKIP:SKIPPED-SEGMENTS=6\n")
          .doesNotContain("source/5.m4s")
          .contains("source/6.m4s");
    }
  }

  @Test
  void playlist_isCompressedConditionalAndOpenToOtherOrigins() throws IOException {
    node.segment(id, script, 0);
    node.listed(id, 0);
    HttpResponse<byte[]> gzip = viewer.bytes(path("source.m3u8"), "Accept-Encoding", "gzip, br");
    assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(gzip.headers().firstValue("Vary")).contains("Accept-Encoding");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(viewer.get(path("source.m3u8")).body());
    }
    String etag = gzip.headers().firstValue("ETag").orElseThrow();
    assertThat(
            viewer
                .get(path("source.m3u8"), "Accept-Encoding", "gzip", "If-None-Match", etag)
                .statusCode())
        .isEqualTo(304);
    assertThat(viewer.get(path("source.m3u8"), "If-None-Match", etag).statusCode()).isEqualTo(200);
    assertThat(gzip.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    HttpResponse<String> head = viewer.method("HEAD", path("source.m3u8"));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length"))
        .hasValue(viewer.get(path("source.m3u8")).body().length());
    HttpResponse<String> preflight = viewer.method("OPTIONS", path("source.m3u8"));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
        .contains("GET, HEAD, OPTIONS");
    HttpResponse<String> post = viewer.method("POST", path("source.m3u8"));
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  void segment_isSentInRangesFromHeapAndFromTheSpool() {
    for (long msn = 0; msn < 12; msn++) {
      node.segment(id, script, msn);
    }
    node.listed(id, 11);
    byte[] whole = Script.segmentBytes("source", 0);
    for (String name : List.of("source/0.m4s", "source/11.m4s")) {
      byte[] all = viewer.bytes(path(name)).body();
      HttpResponse<byte[]> some = viewer.bytes(path(name), "Range", "bytes=1000-2999");
      assertThat(some.statusCode()).isEqualTo(206);
      assertThat(some.headers().firstValue("Content-Range"))
          .contains("bytes 1000-2999/" + whole.length);
      assertThat(some.body()).isEqualTo(java.util.Arrays.copyOfRange(all, 1000, 3000));
      assertThat(viewer.bytes(path(name), "Range", "bytes=999999-").statusCode()).isEqualTo(416);
      assertThat(viewer.method("HEAD", path(name)).headers().firstValueAsLong("Content-Length"))
          .hasValue(all.length);
    }
    assertThat(viewer.bytes(path("source/0.m4s")).body()).isEqualTo(whole);
    assertThat(viewer.bytes(path("source/0.5.m4s"), "Range", "bytes=5-9").body())
        .isEqualTo(java.util.Arrays.copyOfRange(Script.bytes("source", 0, 5), 5, 10));
  }

  @Test
  void abortedFacts_areNeverSeen() {
    node.segment(id, script, 0);
    Script zombie = new Script(id);
    zombie.open(0);
    zombie.close(0);
    node.publisher.abortedFacts(zombie.open(1, true, 0), zombie.close(1), zombie.end(2));
    node.segment(id, script, 1);
    node.listed(id, 1);
    assertThat(viewer.get(path("source.m3u8")).body())
        .doesNotContain("DISCONTINUITY\n")
        .doesNotContain("ENDLIST");
  }

  @Test
  void manyHeldRequests_areAllAnswered_andThoseThatLeaveAreForgotten() {
    node.segment(id, script, 0);
    node.listed(id, 0);
    node.publisher.facts(script.open(1));
    int viewers = 400;
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < viewers; i++) {
      waiting.add(viewer.getAsync(path("source.m3u8?_HLS_msn=1&_HLS_part=0")));
    }
    eventually("all held", () -> held() == viewers);
    for (int i = 0; i < 100; i++) {
      waiting.remove(waiting.size() - 1).cancel(true);
    }
    eventually("those that left are forgotten", () -> held() == viewers - 100);
    node.publisher.parts(id, List.of(script.part("source", 1, 0)));
    for (CompletableFuture<HttpResponse<String>> one : waiting) {
      assertThat(join(one).body()).contains("source/1.0.m4s");
    }
    assertThat(held()).isZero();
  }

  @Test
  void ranges_arePresentationsOfTheirOwn() {
    for (long msn = 0; msn < 10; msn++) {
      node.segment(id, script, msn);
    }
    node.listed(id, 9);
    assertThat(viewer.get(path("index.m3u8?start=8&end=19.5")).body())
        .contains("c/2-4/source.m3u8")
        .contains("URI=\"c/2-4/audio.m3u8\"");
    assertThat(viewer.get(path("c/2-4/source.m3u8")).body())
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:6
            #EXT-X-MEDIA-SEQUENCE:2
            #EXT-X-DISCONTINUITY-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-MAP:URI="../../source/init-init0source.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:08.000Z
            #EXTINF:4.0,
            ../../source/2.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:12.000Z
            #EXTINF:4.0,
            ../../source/3.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:16.000Z
            #EXTINF:4.0,
            ../../source/4.m4s
            #EXT-X-ENDLIST
            """);
    assertThat(viewer.get(path("index.m3u8?start=2026-11-21T09:00:20Z")).body())
        .contains("c/5-/source.m3u8");
    String startOver = viewer.get(path("c/5-/source.m3u8")).body();
    assertThat(startOver)
        .contains("#EXT-X-PLAYLIST-TYPE:EVENT")
        .contains("CAN-BLOCK-RELOAD=YES")
        .contains("../../source/9.m4s")
        .doesNotContain("ENDLIST");
    CompletableFuture<HttpResponse<String>> grown =
        viewer.getAsync(path("c/5-/source.m3u8?_HLS_msn=10&_HLS_part=0"));
    eventually("held", () -> held() == 1);
    node.segment(id, script, 10);
    assertThat(join(grown).body()).endsWith("../../source/10.m4s\n");
    for (String query : List.of("start=abc", "start=90", "start=8&end=4", "end=2020-01-01")) {
      assertThat(viewer.get(path("index.m3u8?" + query)).statusCode()).as(query).isEqualTo(400);
    }
    assertThat(viewer.get(path("c/2-44/source.m3u8")).statusCode()).isEqualTo(404);
  }

  @Test
  void iframes_areCutOutOfTheirParts_fromHeapSpoolAndWhileHeld() throws Exception {
    for (long msn = 0; msn < 3; msn++) {
      node.segment(id, script, msn);
    }
    node.listed(id, 2);
    assertThat(viewer.get(path("index.m3u8")).body())
        .contains(",RESOLUTION=1280x720,URI=\"iframes-source.m3u8\"");
    assertThat(viewer.get(path("live.m3u8")).body()).contains("URI=\"iframes-live-source.m3u8\"");
    String pictures = viewer.get(path("iframes-source.m3u8")).body();
    assertThat(pictures).contains("source/0.4.iframe.m4s").contains("source/2.0.iframe.m4s");
    HttpResponse<byte[]> picture = viewer.bytes(path("source/0.4.iframe.m4s"));
    List<Fragment> cut = Fragment.readAll(picture.body());
    List<Fragment> part = Fragment.readAll(Script.bytes("source", 0, 4));
    assertThat(cut).hasSize(1);
    assertThat(cut.get(0).samples()).containsExactly(part.get(0).samples().get(0));
    assertThat(picture.headers().firstValue("ETag")).contains("\"source-0.4i\"");
    assertThat(viewer.get(path("source/0.1.iframe.m4s")).statusCode()).isEqualTo(404);
    assertThat(viewer.get(path("source/9.0.iframe.m4s")).statusCode()).isEqualTo(404);
    assertThat(viewer.get(path("iframes-audio.m3u8")).statusCode()).isEqualTo(404);

    // Blocking reload counts pictures: six are listed.
    CompletableFuture<HttpResponse<String>> next =
        viewer.getAsync(path("iframes-live-source.m3u8?_HLS_msn=6&_HLS_part=3"));
    eventually("held", () -> held() == 1);
    node.segment(id, script, 3);
    assertThat(join(next).body()).contains("source/3.0.iframe.m4s");
    assertThat(viewer.get(path("iframes-source.m3u8?_HLS_msn=99")).statusCode()).isEqualTo(400);
  }

  @Test
  void responses_sayHowUrgentTheyAre() {
    node.segment(id, script, 0);
    node.listed(id, 0);
    assertThat(viewer.get(path("source.m3u8")).headers().firstValue("Priority")).contains("u=1");
    assertThat(viewer.get(path("audio/0.m4s")).headers().firstValue("Priority")).contains("u=2");
    assertThat(viewer.get(path("source/0.m4s")).headers().firstValue("Priority")).contains("u=3");
  }

  @Test
  void webApp_getsItsSettingsAndItsHeaders() {
    HttpResponse<String> config = viewer.get("/config.json");
    assertThat(config.body())
        .isEqualTo(
            "{\"oidc\":{\"authority\":\"http://127.0.0.1:23180/realms/rostrum\",\"clientId\":\"rostrum-web\"}}");
    assertThat(config.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(config.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("connect-src 'self' http://127.0.0.1:23180;");
    assertThat(viewer.get("/q/metrics").body())
        .contains("rostrum_playback_requests_held")
        .contains("rostrum_playback_part_latency");
  }
}
