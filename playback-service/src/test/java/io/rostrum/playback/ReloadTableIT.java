package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static io.rostrum.playback.testing.Viewer.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import io.rostrum.playback.testing.Viewer;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Blocking playlist reload over HTTP, row by row: RFC 8216bis §6.2.5.2. The target duration is a
 * second here, so that what is held for three of them can be waited for.
 */
@QuarkusTest
@TestProfile(ReloadTableIT.ShortTarget.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class ReloadTableIT {
  /** Segments of a second. */
  public static final class ShortTarget implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("rostrum.playback.target-duration-seconds", "1");
    }
  }

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
    // 0 to 9 are complete, three parts of 10 are there.
    for (long msn = 0; msn < 10; msn++) {
      node.segment(id, script, msn);
    }
    node.publisher.facts(script.open(10));
    node.publisher.parts(id, script.parts(10).subList(0, 6));
    eventually("three parts", () -> get("source.m3u8").body().contains("source/10.2.m4s\"\n"));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private HttpResponse<String> get(String rest) {
    return viewer.get("/hls/" + id + "/" + rest);
  }

  private CompletableFuture<HttpResponse<String>> held(String rest) {
    int before = holds();
    CompletableFuture<HttpResponse<String>> answer = viewer.getAsync("/hls/" + id + "/" + rest);
    eventually("held: " + rest, () -> holds() > before);
    assertThat(answer).isNotDone();
    return answer;
  }

  private int holds() {
    return broadcasts.here(id).heldRequests();
  }

  @Test
  void segmentThatIsAsked_isHeldUntilItIsWhole() {
    CompletableFuture<HttpResponse<String>> whole = held("source.m3u8?_HLS_msn=10");
    node.publisher.parts(id, script.parts(10).subList(6, 16));
    eventually("all parts", () -> get("source.m3u8").body().contains("source/10.7.m4s\""));
    assertThat(whole).isNotDone();
    node.publisher.facts(script.close(10));
    assertThat(join(whole).body()).contains("\nsource/10.m4s\n");
  }

  @Test
  void partThatIsAsked_isHeldUntilItIsListed() {
    CompletableFuture<HttpResponse<String>> part = held("source.m3u8?_HLS_msn=10&_HLS_part=3");
    node.publisher.parts(id, List.of(script.part("source", 10, 3)));
    assertThat(join(part).statusCode()).isEqualTo(200);
    assertThat(join(part).body()).contains("URI=\"source/10.3.m4s\"\n");
  }

  @Test
  void partBehindTheLastOfAClosedSegment_isPartZeroOfTheNext() {
    node.publisher.parts(id, script.parts(10).subList(6, 16));
    node.publisher.facts(script.close(10));
    node.listed(id, 10);
    CompletableFuture<HttpResponse<String>> next = held("source.m3u8?_HLS_msn=10&_HLS_part=8");
    node.publisher.facts(script.open(11));
    node.publisher.parts(id, List.of(script.part("source", 11, 0)));
    assertThat(join(next).body()).contains("source/11.0.m4s\",INDEPENDENT=YES\n");
  }

  @Test
  void whatIsPast_isAnsweredWithThePlaylistAsItIs() {
    String now = get("source.m3u8").body();
    for (String past :
        List.of("_HLS_msn=10&_HLS_part=2", "_HLS_msn=9", "_HLS_msn=0&_HLS_part=99")) {
      assertThat(get("source.m3u8?" + past).body()).as(past).isEqualTo(now);
    }
    // The sliding window has 6 segments at least: 0 has left it.
    assertThat(get("live-source.m3u8").body()).contains("#EXT-X-MEDIA-SEQUENCE:");
    assertThat(get("live-source.m3u8?_HLS_msn=0").statusCode()).isEqualTo(200);
  }

  @Test
  void whatCannotBeMeant_isRefused() {
    for (String query :
        List.of(
            "_HLS_part=0", // §6.2.5.2: a part needs a segment
            "_HLS_msn=12", // more than two segments behind the last one
            "_HLS_msn=10&_HLS_part=9", // beyond the Advance Part Limit and beyond any segment
            "_HLS_msn=-1",
            "_HLS_msn=x",
            "_HLS_msn=1e1",
            "_HLS_msn=10&_HLS_part=-2",
            "_HLS_msn=10&_HLS_part=",
            "_HLS_msn=")) {
      for (String playlist : List.of("source.m3u8", "live-audio.m3u8")) {
        HttpResponse<String> refused = get(playlist + "?" + query);
        assertThat(refused.statusCode()).as(query).isEqualTo(400);
        assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(refused.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
      }
    }
    assertThat(get("source.m3u8?_HLS_msn=0&_HLS_part=3&other=1").statusCode()).isEqualTo(200);
    assertThat(get("source.m3u8?_HLS_skip=no").body()).doesNotContain("SKIP:");
    assertThat(get("1080p.m3u8").statusCode()).isEqualTo(404);
    assertThat(get("source/17.m4s").statusCode()).isEqualTo(404);
    assertThat(get("source/10.20.m4s").statusCode()).isEqualTo(404);
  }

  /** hls.js with low latency switched off asks for the last part that a full segment would have. */
  @Test
  void partBeyondTheLimitButWithinASegment_isHeld() {
    // A target duration of a second has two parts of half a second: the third is there already.
    CompletableFuture<HttpResponse<String>> late = held("source.m3u8?_HLS_msn=11&_HLS_part=1");
    node.publisher.facts(script.close(10), script.open(11));
    node.publisher.parts(id, script.parts(11).subList(0, 4));
    assertThat(join(late).statusCode()).isEqualTo(200);
  }

  @Test
  void whatDoesNotCome_is503AfterThreeTargetDurations() {
    HttpResponse<String> late = join(held("source.m3u8?_HLS_msn=10&_HLS_part=3"));
    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(late.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(late.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void gap_answersForAllItsParts() {
    CompletableFuture<HttpResponse<String>> part = held("source.m3u8?_HLS_msn=10&_HLS_part=5");
    node.publisher.facts(script.close(10, "source"));
    assertThat(join(part).body()).contains("#EXT-X-GAP\n#EXTINF:4.0,\nsource/10.m4s\n");
    assertThat(get("source/10.5.m4s").statusCode()).isEqualTo(404);
  }

  @Test
  void theEnd_answersAllThatIsHeld_andDirectivesAreIgnoredAfterIt() {
    CompletableFuture<HttpResponse<String>> part = held("source.m3u8?_HLS_msn=10&_HLS_part=3");
    CompletableFuture<HttpResponse<String>> far = held("live-audio.m3u8?_HLS_msn=11");
    node.publisher.facts(script.close(10), script.end(11));
    for (CompletableFuture<HttpResponse<String>> answer : List.of(part, far)) {
      assertThat(join(answer).statusCode()).isEqualTo(200);
      assertThat(join(answer).body()).endsWith("#EXT-X-ENDLIST\n");
    }
    String whole = get("source.m3u8").body();
    for (String ignored : List.of("_HLS_part=0", "_HLS_msn=99", "_HLS_msn=x", "_HLS_skip=YES")) {
      assertThat(get("source.m3u8?" + ignored).body()).as(ignored).isEqualTo(whole);
    }
  }
}
