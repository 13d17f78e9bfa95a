package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import io.rostrum.playback.testing.Viewer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Broadcasts that lack what others have: a beginning, media, pictures. */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class OddBroadcastsIT {
  /** One address of each kind. */
  private static final List<String> KINDS =
      List.of(
          "index.m3u8",
          "live.m3u8",
          "index.m3u8?start=1",
          "source.m3u8",
          "live-source.m3u8?_HLS_msn=0&_HLS_part=0",
          "iframes-source.m3u8",
          "c/0-0/source.m3u8",
          "source/init-x.mp4",
          "source/0.m4s",
          "source/0.0.m4s",
          "source/0.0.iframe.m4s",
          "storyboard.vtt",
          "poster.jpg",
          "r1/source.m3u8");

  private PlaybackNode node;
  private Script script;
  private String id;

  @BeforeEach
  void open() {
    node = new PlaybackNode();
    id = node.newBroadcast();
    script = new Script(id);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private HttpResponse<String> get(String rest) {
    return node.viewer.get("/hls/" + id + "/" + rest);
  }

  private static String cache(HttpResponse<?> response) {
    return response.headers().firstValue("Cache-Control").orElse("");
  }

  private void ended(String playlist) {
    eventually("ended", () -> get(playlist).body().endsWith("#EXT-X-ENDLIST\n"));
  }

  @Test
  void neverBegun_isNotThereYet_whateverIsAskedFor() {
    for (String kind : KINDS) {
      HttpResponse<String> answer = get(kind);
      assertThat(answer.statusCode()).as(kind).isEqualTo(404);
      assertThat(cache(answer)).as(kind).isEqualTo("max-age=1");
    }
    assertThat(get("index.m3u8").headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void neverBegun_isHeldForWhoWouldRatherWait_untilItHasBegun() {
    CompletableFuture<HttpResponse<String>> waits =
        node.viewer.getAsync("/hls/" + id + "/index.m3u8", "Prefer", "wait=30");
    CompletableFuture<HttpResponse<String>> waitsForLess =
        node.viewer.getAsync("/hls/" + id + "/live.m3u8", "Prefer", "respond-async, wait=1");

    // The one was asked after the other, and is answered: both have been seen.
    assertThat(Viewer.join(waitsForLess).statusCode()).isEqualTo(404);
    assertThat(waits).isNotDone();
    node.publisher.facts(script.open(0));
    node.publisher.parts(id, script.parts(0));

    assertThat(Viewer.join(waits).statusCode()).isEqualTo(200);
    assertThat(Viewer.join(waits).body()).contains("#EXT-X-STREAM-INF");
    assertThat(Viewer.join(waits).headers().firstValue("Preference-Applied")).contains("wait=18");
  }

  @Test
  void openedWithoutMedia_hasNotBegun() {
    node.publisher.facts(script.open(0));
    CompletableFuture<HttpResponse<String>> waits =
        node.viewer.getAsync("/hls/" + id + "/index.m3u8", "Prefer", "wait=30");
    HttpResponse<String> waitedForLess =
        node.viewer.get("/hls/" + id + "/index.m3u8", "Prefer", "wait=1");

    assertThat(waitedForLess.statusCode()).isEqualTo(404);
    assertThat(waits).isNotDone();
    node.publisher.parts(id, script.parts(0));
    assertThat(Viewer.join(waits).statusCode()).isEqualTo(200);
  }

  @Test
  void neverBegun_andDeleted_isSaidToWhoWaits() {
    CompletableFuture<HttpResponse<String>> waits =
        node.viewer.getAsync("/hls/" + id + "/index.m3u8", "Prefer", "wait=30");
    node.viewer.get("/hls/" + id + "/live.m3u8", "Prefer", "wait=1");

    node.publisher.delete(id);

    assertThat(Viewer.join(waits).statusCode()).isEqualTo(410);
  }

  @Test
  void endedBeforeTheFirstSegment_isSaid_andNobodyIsToldToAskAgain() {
    node.publisher.facts(script.open(0), script.end(0));
    eventually("ended", () -> get("index.m3u8").body().contains("ended"));
    for (String kind : KINDS) {
      assertThat(get(kind).statusCode()).as(kind).isEqualTo(404);
    }
    for (String playlist : List.of("index.m3u8", "live.m3u8", "source.m3u8", "storyboard.vtt")) {
      HttpResponse<String> answer = get(playlist);
      assertThat(cache(answer)).as(playlist).isEqualTo("max-age=60");
      assertThat(answer.headers().firstValue("Retry-After")).as(playlist).isEmpty();
    }
  }

  @Test
  void endedWithGapsOnly_hasNothingToPlay() {
    node.publisher.facts(
        script.open(0), script.close(0, "source", "audio"), script.open(1), script.end(0));
    eventually("ended", () -> get("index.m3u8").body().contains("ended"));
    assertThat(get("source.m3u8").statusCode()).isEqualTo(404);
  }

  @Test
  void soundOnly_isAVariantWithoutPictures() {
    List<Rendition> ladder = Script.LADDER.subList(1, 2);
    node.publisher.facts(script.open(0, ladder));
    node.publisher.parts(
        id, script.parts(0).stream().filter(p -> p.rendition().equals("audio")).toList());
    node.publisher.facts(script.close(0), script.end(1));
    ended("audio.m3u8");

    assertThat(get("index.m3u8").body())
        .contains("CODECS=\"mp4a.40.2\"")
        .contains("\naudio.m3u8\n")
        .doesNotContain("RESOLUTION", "EXT-X-MEDIA:", "I-FRAME", "source");
    for (String pictures : List.of("source.m3u8", "iframes-source.m3u8", "iframes-audio.m3u8")) {
      assertThat(get(pictures).statusCode()).as(pictures).isEqualTo(404);
    }
    assertThat(get("audio/0.m4s").statusCode()).isEqualTo(200);
    assertThat(get("audio/0.0.iframe.m4s").statusCode()).isEqualTo(404);
    assertThat(get("storyboard.vtt").body()).startsWith("WEBVTT\n").doesNotContain("-->");
  }

  @Test
  void renditionThatIsAGapThroughout_isListedAsOne() {
    for (long msn = 0; msn < 3; msn++) {
      node.publisher.facts(script.open(msn));
      node.publisher.parts(
          id, script.parts(msn).stream().filter(p -> p.rendition().equals("audio")).toList());
      node.publisher.facts(script.close(msn, "source"));
    }
    node.publisher.facts(script.end(3));
    ended("source.m3u8");

    assertThat(get("source.m3u8").body()).contains("#EXT-X-GAP\n#EXTINF:4.0,\nsource/2.m4s\n");
    assertThat(get("source.m3u8").body().split("#EXT-X-GAP\n")).hasSize(4);
    assertThat(get("iframes-source.m3u8").body()).endsWith("#EXT-X-ENDLIST\n");
    assertThat(get("audio.m3u8").body()).doesNotContain("EXT-X-GAP");
    assertThat(get("source/1.m4s").statusCode()).isEqualTo(404);
    assertThat(get("source/1.0.m4s").statusCode()).isEqualTo(404);
    assertThat(get("audio/1.m4s").statusCode()).isEqualTo(200);
    assertThat(get("index.m3u8?start=4&end=8").statusCode()).isEqualTo(200);
    assertThat(get("c/1-1/source.m3u8").body()).contains("#EXT-X-GAP\n");
  }

  @Test
  void ended_whatListsAllOfItIsForEver_andWhatMayChangeIsNot() {
    for (long msn = 0; msn < 3; msn++) {
      node.segment(id, script, msn);
    }
    node.publisher.facts(script.end(3));
    ended("source.m3u8");

    for (String playlist :
        List.of(
            "source.m3u8",
            "audio.m3u8",
            "iframes-source.m3u8",
            "c/1-/source.m3u8",
            "c/0-1/audio.m3u8")) {
      assertThat(cache(get(playlist)))
          .as(playlist)
          .isEqualTo("public, max-age=31536000, immutable");
    }
    // Another revision, another window.
    for (String playlist :
        List.of("index.m3u8", "live.m3u8", "live-source.m3u8", "index.m3u8?start=4")) {
      assertThat(cache(get(playlist))).as(playlist).isEqualTo("public, max-age=60");
    }
  }
}
