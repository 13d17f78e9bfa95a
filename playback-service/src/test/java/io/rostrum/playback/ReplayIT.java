package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static io.rostrum.playback.testing.Viewer.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.contracts.json.ContractJson;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.hls.history.PlaylistHistory;
import io.rostrum.localstack.test.KafkaProcess;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.Part;
import io.rostrum.localstack.test.S3Process;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recordings, from the object store, and what goes on while parts of the stack are away. */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class ReplayIT {
  private static final int SEGMENTS = 5;

  @Part S3Process s3;
  @Part KafkaProcess kafka;
  private PlaybackNode node;

  @BeforeEach
  void open() {
    node = new PlaybackNode();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static List<TimelineRecord> facts(Script script) {
    List<TimelineRecord> facts = new ArrayList<>();
    for (long msn = 0; msn < SEGMENTS; msn++) {
      facts.add(script.open(msn));
      facts.add(script.close(msn));
      facts.add(script.stored(msn));
    }
    facts.add(script.end(SEGMENTS));
    return facts;
  }

  private void storeSegments(Script script) {
    for (long msn = 0; msn < SEGMENTS; msn++) {
      for (String rendition : List.of("source", "audio")) {
        node.publisher.object(script.key(rendition, msn), Script.segmentBytes(rendition, msn));
      }
    }
  }

  private static byte[] lines(List<TimelineRecord> facts) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (TimelineRecord fact : facts) {
      lines.writeBytes(fact.toBytes());
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void plays(String id) {
    String base = "/hls/" + id + "/";
    assertThat(node.viewer.get(base + "index.m3u8").body()).contains("source.m3u8");
    HttpResponse<String> playlist = node.viewer.get(base + "source.m3u8");
    assertThat(playlist.body())
        .startsWith("#EXTM3U\n")
        .contains("#EXT-X-PLAYLIST-TYPE:EVENT\n")
        .endsWith("source/4.m4s\n#EXT-X-ENDLIST\n");
    for (long msn = 0; msn < SEGMENTS; msn++) {
      for (String rendition : List.of("source", "audio")) {
        assertThat(node.viewer.bytes(base + rendition + "/" + msn + ".m4s").body())
            .isEqualTo(Script.segmentBytes(rendition, msn));
      }
      assertThat(node.viewer.bytes(base + "source/" + msn + ".6.m4s").body())
          .isEqualTo(Script.bytes("source", msn, 6));
    }
    assertThat(node.viewer.bytes(base + "audio/init-init0audio.mp4").body())
        .isEqualTo(Script.init("init0audio"));
    assertThat(node.viewer.bytes(base + "source/3.m4s", "Range", "bytes=-5").statusCode())
        .isEqualTo(206);
  }

  @Test
  void recordingThatNoTopicKnows_playsFromTheObjectStoreAlone() {
    String id = node.newBroadcast();
    Script script = new Script(id);
    storeSegments(script);
    node.publisher.object(ObjectKeys.finishedTimeline(id, 0), gzip(lines(facts(script))));
    // That there was none is remembered for some seconds.
    eventually("found", () -> node.viewer.get("/hls/" + id + "/index.m3u8").statusCode() == 200);
    plays(id);
  }

  @Test
  void recordingWithoutFinishedTimeline_playsFromItsPages() {
    String id = node.newBroadcast();
    Script script = new Script(id);
    storeSegments(script);
    List<TimelineRecord> facts = facts(script);
    node.publisher.object(ObjectKeys.timelinePage(id, 0), lines(facts.subList(0, 7)));
    node.publisher.object(ObjectKeys.timelinePage(id, 7), lines(facts.subList(7, facts.size())));
    eventually("found", () -> node.viewer.get("/hls/" + id + "/index.m3u8").statusCode() == 200);
    plays(id);
  }

  /** A recording whose segment 2 had no video as it was broadcast; revision 1 has. */
  private Fact.Revised revise(String id) {
    Script script = new Script(id);
    storeSegments(script);
    List<TimelineRecord> broadcast = new ArrayList<>();
    for (long msn = 0; msn < SEGMENTS; msn++) {
      broadcast.add(script.open(msn));
      broadcast.add(msn == 2 ? script.close(msn, "source") : script.close(msn));
      broadcast.add(script.stored(msn));
    }
    broadcast.add(script.end(SEGMENTS));
    node.publisher.object(ObjectKeys.finishedTimeline(id, 0), gzip(lines(broadcast)));
    byte[] whole = gzip(lines(facts(new Script(id))));
    String sha256 = Script.sha256(whole);
    String key = ObjectKeys.revisedTimeline(id, 1, sha256);
    node.publisher.object(key, whole);
    return new Fact.Revised(1, key, sha256, 0, null, null, Script.START);
  }

  private void playsRevised(String id) {
    String base = "/hls/" + id + "/";
    assertThat(node.viewer.get(base + "index.m3u8").body())
        .contains("r1/source.m3u8", "r1/audio.m3u8", "r1/iframes-source.m3u8")
        .doesNotContain("\nsource.m3u8");
    HttpResponse<String> revised = node.viewer.get(base + "r1/source.m3u8");
    assertThat(revised.body()).doesNotContain("EXT-X-GAP").endsWith("#EXT-X-ENDLIST\n");
    assertThat(revised.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    assertThat(new PlaylistHistory("r1").add(revised.body())).isEmpty();
    assertThat(node.viewer.bytes(base + "r1/source/2.m4s").body())
        .isEqualTo(Script.segmentBytes("source", 2));
    assertThat(node.viewer.bytes(base + "r1/source/2.3.m4s").body())
        .isEqualTo(Script.bytes("source", 2, 3));
    assertThat(node.viewer.bytes(base + "r1/audio/init-init0audio.mp4").body())
        .isEqualTo(Script.init("init0audio"));
    assertThat(node.viewer.get(base + "r1/iframes-source.m3u8").statusCode()).isEqualTo(200);
    assertThat(node.viewer.get(base + "index.m3u8?start=0&end=10").body())
        .contains("r1/c/0-2/source.m3u8");
    assertThat(node.viewer.get(base + "r1/c/0-2/source.m3u8").body())
        .contains("../../source/2.m4s")
        .doesNotContain("EXT-X-GAP");
    assertThat(node.viewer.get(base + "r2/source.m3u8").statusCode()).isEqualTo(404);
    // Whoever is in the middle of what was broadcast goes on with it.
    assertThat(node.viewer.get(base + "source.m3u8").body())
        .contains("#EXT-X-GAP\n")
        .endsWith("source/4.m4s\n#EXT-X-ENDLIST\n");
    assertThat(node.viewer.get(base + "source/2.m4s").statusCode()).isEqualTo(404);
    assertThat(node.viewer.bytes(base + "source/3.m4s").body())
        .isEqualTo(Script.segmentBytes("source", 3));
  }

  @Test
  void newestRevision_isFoundInTheObjectStoreAlone() {
    String id = node.newBroadcast();
    Fact.Revised revised = revise(id);
    node.publisher.object(ObjectKeys.revision(id, 1), ContractJson.write(revised));
    eventually("found", () -> node.viewer.get("/hls/" + id + "/index.m3u8").statusCode() == 200);
    playsRevised(id);
  }

  @Test
  void recordingThatIsRevised_changesItsIndexAndNothingElse() {
    String id = node.newBroadcast();
    Fact.Revised revised = revise(id);
    Script script = new Script(id);
    List<TimelineRecord> facts = new ArrayList<>();
    for (long msn = 0; msn < SEGMENTS; msn++) {
      facts.add(script.open(msn));
      facts.add(msn == 2 ? script.close(msn, "source") : script.close(msn));
      facts.add(script.stored(msn));
    }
    facts.add(script.end(SEGMENTS));
    node.publisher.facts(facts.toArray(new TimelineRecord[0]));
    eventually(
        "ended", () -> node.viewer.get("/hls/" + id + "/source.m3u8").body().contains("ENDLIST"));
    String before = node.viewer.get("/hls/" + id + "/source.m3u8").body();
    assertThat(node.viewer.get("/hls/" + id + "/index.m3u8").body()).contains("\nsource.m3u8");

    node.publisher.facts(script.record(revised));

    eventually(
        "revised", () -> node.viewer.get("/hls/" + id + "/index.m3u8").body().contains("r1/"));
    playsRevised(id);
    assertThat(node.viewer.get("/hls/" + id + "/source.m3u8").body()).isEqualTo(before);
  }

  @Test
  void timelineWhoseStartTheTopicForgot_isCompletedFromItsPages() {
    String id = node.newBroadcast();
    Script script = new Script(id);
    storeSegments(script);
    List<TimelineRecord> facts = facts(script);
    node.publisher.object(ObjectKeys.timelinePage(id, 0), lines(facts.subList(0, 7)));
    node.publisher.facts(facts.subList(7, facts.size()).toArray(new TimelineRecord[0]));
    eventually("found", () -> node.viewer.get("/hls/" + id + "/index.m3u8").statusCode() == 200);
    eventually(
        "complete",
        () -> node.viewer.get("/hls/" + id + "/source.m3u8").body().contains("ENDLIST"));
    plays(id);
  }

  @Test
  void coldSegment_isReadOnceForAllWhoAsk() {
    String id = node.newBroadcast();
    Script script = new Script(id);
    storeSegments(script);
    node.publisher.facts(facts(script).toArray(new TimelineRecord[0]));
    eventually("found", () -> node.viewer.get("/hls/" + id + "/index.m3u8").statusCode() == 200);
    double before = loaded();
    List<CompletableFuture<HttpResponse<byte[]>>> viewers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String file = i % 2 == 0 ? "source/1.m4s" : "source/1." + i % 8 + ".m4s";
      viewers.add(node.viewer.bytesAsync("/hls/" + id + "/" + file));
    }
    for (CompletableFuture<HttpResponse<byte[]>> viewer : viewers) {
      assertThat(join(viewer).statusCode()).isEqualTo(200);
    }
    assertThat(join(viewers.get(0)).body()).isEqualTo(Script.segmentBytes("source", 1));
    assertThat(loaded() - before).isEqualTo(1);
  }

  private double loaded() {
    return node.viewer
        .get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("rostrum_playback_segments_loaded_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void objectThatIsMissingOrDamaged_isSaid() {
    String id = node.newBroadcast();
    Script script = new Script(id);
    node.publisher.object(script.key("source", 0), new byte[10]);
    node.publisher.object(script.key("source", 1), new byte[100_000]);
    node.publisher.facts(facts(script).toArray(new TimelineRecord[0]));
    eventually("found", () -> node.viewer.get("/hls/" + id + "/index.m3u8").statusCode() == 200);
    assertThat(node.viewer.get("/hls/" + id + "/source/0.m4s").statusCode()).isEqualTo(502);
    assertThat(node.viewer.get("/hls/" + id + "/source/1.m4s").statusCode()).isEqualTo(502);
    HttpResponse<String> missing = node.viewer.get("/hls/" + id + "/source/2.m4s");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("recording is incomplete");
  }

  @Test
  void objectStoreAway_costsOnlyWhatIsOnlyThere() {
    String old = node.newBroadcast();
    Script recorded = new Script(old);
    storeSegments(recorded);
    node.publisher.facts(facts(recorded).toArray(new TimelineRecord[0]));
    eventually("found", () -> node.viewer.get("/hls/" + old + "/index.m3u8").statusCode() == 200);
    String live = node.newBroadcast();
    Script script = new Script(live);
    node.segment(live, script, 0);
    node.publisher.facts(script.stored(0));
    node.listed(live, 0);

    s3.kill();
    try {
      HttpResponse<String> away = node.viewer.get("/hls/" + old + "/source/2.m4s");
      assertThat(away.statusCode()).isEqualTo(503);
      assertThat(away.headers().firstValue("Retry-After")).contains("5");
      assertThat(away.body()).contains("object store does not answer");
      // Stored, but still on this node.
      assertThat(node.viewer.bytes("/hls/" + live + "/source/0.m4s").body())
          .isEqualTo(Script.segmentBytes("source", 0));
      node.segment(live, script, 1);
      node.listed(live, 1);
      assertThat(node.viewer.bytes("/hls/" + live + "/source/1.m4s").body())
          .isEqualTo(Script.segmentBytes("source", 1));
    } finally {
      s3.restart();
    }
    eventually("back", () -> node.viewer.get("/hls/" + old + "/source/2.m4s").statusCode() == 200);
  }

  @Test
  void kafkaAway_stopsNothingThatIsHere_andGoesOnAfterwards() {
    String id = node.newBroadcast();
    Script script = new Script(id);
    node.segment(id, script, 0);
    node.listed(id, 0);
    kafka.kill();
    try {
      assertThat(node.viewer.get("/q/health/ready").statusCode()).isEqualTo(200);
      assertThat(node.viewer.get("/hls/" + id + "/source.m3u8").statusCode()).isEqualTo(200);
      assertThat(node.viewer.bytes("/hls/" + id + "/source/0.m4s").body())
          .isEqualTo(Script.segmentBytes("source", 0));
    } finally {
      kafka.restart();
    }
    try (PlaybackNode afterwards = new PlaybackNode()) {
      CompletableFuture<HttpResponse<String>> next =
          afterwards.viewer.getAsync("/hls/" + id + "/source.m3u8?_HLS_msn=1");
      afterwards.segment(id, script, 1);
      assertThat(join(next).body()).contains("source/1.m4s");
    }
  }
}
