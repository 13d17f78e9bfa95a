package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.Chunk;
import io.rostrum.contracts.source.SourceRecord.EndReason;
import io.rostrum.contracts.source.SourceRecord.PublicationEnd;
import io.rostrum.contracts.source.SourceRecord.PublicationStart;
import io.rostrum.ingest.whip.WhipSessions;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.media.TrackFormat;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.InitSegment;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The service with a real Kafka; published to over WHIP by real senders. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(WhipIngestIT.ShortSilence.class)
class WhipIngestIT extends IngestSetUp {

  /** A silence that a test can wait for. */
  public static final class ShortSilence implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "rostrum.ingest.rtmp.port", "0",
          "rostrum.ingest.webrtc.silence-timeout", "4s");
    }
  }

  @TestHTTPResource URI http;
  @Inject WhipSessions sessions;

  private String whip() {
    return http.resolve("/whip/" + id).toString();
  }

  /** A browser that publishes to the test's broadcast. */
  private BrowserPublisher browser(Map<String, Object> wish) throws Exception {
    Map<String, Object> whole = new HashMap<>(wish);
    whole.put("url", whip());
    whole.put("key", key.reveal());
    return BrowserPublisher.start(whole);
  }

  @Test
  void ffmpeg_published_decodesWithoutErrors() throws Exception {
    ffmpeg.run(
        "-re",
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=640x360:r=30",
        "-f",
        "lavfi",
        "-i",
        "sine=440",
        "-t",
        "9",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-tune",
        "zerolatency",
        "-profile:v",
        "baseline",
        "-pix_fmt",
        "yuv420p",
        "-g",
        "60",
        "-c:a",
        "libopus",
        "-ar",
        "48000",
        "-ac",
        "2",
        "-authorization",
        key.reveal(),
        "-f",
        "whip",
        whip());

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertThat(((PublicationStart) records.get(0)).protocol())
        .isEqualTo(SourceRecord.Protocol.WHIP);
    assertThat(((PublicationEnd) records.get(records.size() - 1)).reason())
        .isEqualTo(EndReason.PUBLISHER_LEFT);
    assertThat(frames(records)).isBetween(240, 271);
    assertThat(segmentStarts(records)).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "video/H264, H264, camera",
    "video/VP8, VP8, camera",
    "video/VP9, VP9, canvas",
    "video/AV1, AV1, canvas",
    "video/VP8, VP8, tab"
  })
  void browser_published_decodesWithoutErrors(String type, VideoCodec codec, String source)
      throws Exception {
    try (BrowserPublisher browser =
        browser(Map.of("codec", type, "source", source, "seconds", 6))) {
      browser.awaitEnd();

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      TrackFormat format =
          InitSegment.read(((PublicationStart) records.get(0)).init()).get(0).format();
      assertThat(((VideoFormat) format).codec()).isEqualTo(codec);
      assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(1);
      boolean moves = !source.equals("tab");
      assertThat(frames(records)).isGreaterThan(moves ? 60 : 3);
      List<Boolean> starts =
          chunksOf(records, 1).stream().filter(Chunk::segmentStart).map(Chunk::sync).toList();
      // The short first segment ends with no key frame; the others do, with one that was asked for.
      assertThat(starts).startsWith(true, false).hasSizeGreaterThanOrEqualTo(moves ? 3 : 2);
      assertThat(starts.subList(2, starts.size())).doesNotContain(false);
    }
  }

  @Test
  void loss_reorderingAndDuplicates_leaveNoErrorAndLoseNoFrame() throws Exception {
    JsonObject video = publishOverABadWay("video/VP8", 0.03, 7);

    assertThat(video.getInteger("retransmittedPacketsSent")).isPositive();
  }

  @Tag("nightly")
  @ParameterizedTest
  @MethodSource("badWays")
  void badWays_leaveNoErrorAndLoseNoFrame(String type, double loss, long seed) throws Exception {
    publishOverABadWay(type, loss, seed);
  }

  static List<Arguments> badWays() {
    List<Arguments> ways = new ArrayList<>();
    for (String type : List.of("video/VP8", "video/VP9", "video/H264", "video/AV1")) {
      for (double loss : List.of(0.01, 0.03, 0.05)) {
        for (long seed : List.of(1L, 2L)) {
          ways.add(Arguments.of(type, loss, seed));
        }
      }
    }
    return ways;
  }

  /** Gives the sender's statistics. */
  private JsonObject publishOverABadWay(String type, double loss, long seed) throws Exception {
    try (LossyRelay relay = new LossyRelay(sessions.udpPort(), loss, seed);
        BrowserPublisher browser =
            browser(
                Map.of("codec", type, "source", "canvas", "seconds", 8, "port", relay.port()))) {
      browser.await("connected");
      JsonObject video = browser.await("statistics").getJsonObject("video");

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      assertThat(relay.lost()).isPositive();
      assertThat(frames(records)).isEqualTo(video.getInteger("framesEncoded"));
      assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(1);
      return video;
    }
  }

  @Tag("nightly")
  @ParameterizedTest
  @CsvSource({"video/H264", "video/VP9"})
  void pictureSize_changed_isOnePublicationWithoutErrors(String type) throws Exception {
    try (BrowserPublisher browser =
        browser(Map.of("codec", type, "source", "canvas", "seconds", 6, "resizeAfter", 2))) {
      browser.awaitEnd();

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(1);
      Path file = SourceTopic.toFile(folder, records);
      assertThat(frames(records)).isGreaterThan(60);
      assertThat(pictureSizes(file)).hasSizeGreaterThan(1);
    }
  }

  @Test
  void iceRestart_goesOnInOnePublication_andLosesNoFrame() throws Exception {
    try (BrowserPublisher browser =
        browser(
            Map.of("codec", "video/VP8", "source", "canvas", "seconds", 2, "restartAfter", 2))) {
      browser.await("restarted");
      JsonObject video = browser.await("statistics").getJsonObject("video");

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(1);
      assertThat(frames(records)).isEqualTo(video.getInteger("framesEncoded"));
    }
  }

  /** Longer than a segment may be: time cannot just pass in the publication. */
  @Test
  void mediaThatPausedForSeconds_goesOnInOnePublication() throws Exception {
    try (LossyRelay relay = new LossyRelay(sessions.udpPort(), 0, 1);
        BrowserPublisher browser =
            browser(
                Map.of(
                    "codec",
                    "video/VP8",
                    "source",
                    "canvas",
                    "seconds",
                    10,
                    "port",
                    relay.port()))) {
      browser.await("connected");
      topic.awaitRecord(id, Chunk.class::isInstance);
      relay.holdMediaFor(Duration.ofSeconds(6));
      browser.await("statistics");

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(2);
      assertThat(records)
          .extracting(SourceRecord::publicationId)
          .containsOnly(records.get(0).publicationId());
      assertThat(records)
          .extracting(SourceRecord::sequence)
          .containsExactlyElementsOf(LongStream.range(0, records.size()).boxed().toList());
    }
  }

  @Tag("nightly")
  @Test
  void simulcast_usesTheHighestLayer() throws Exception {
    try (BrowserPublisher browser =
        browser(
            Map.of(
                "codec",
                "video/VP8",
                "source",
                "canvas",
                "width",
                1280,
                "height",
                720,
                "seconds",
                12,
                "simulcast",
                true))) {
      browser.awaitEnd();

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      frames(records);
      assertThat(pictureSizes(SourceTopic.toFile(folder, records))).contains("1280x720");
    }
  }

  @Test
  void wrongFingerprint_neverConnects() throws Exception {
    try (BrowserPublisher browser = browser(Map.of("wrongFingerprint", true, "seconds", 1))) {
      assertThat(browser.awaitError()).contains("connection");
      await().atMost(Duration.ofSeconds(60)).until(() -> sessions.names().isEmpty());
    }
  }

  @Test
  void killedBrowser_isGoneAfterTheTimeout() throws Exception {
    try (BrowserPublisher browser = browser(Map.of("seconds", 600, "source", "canvas"))) {
      browser.await("connected");
      topic.awaitRecord(id, PublicationStart.class::isInstance);

      browser.kill();

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      assertThat(((PublicationEnd) records.get(records.size() - 1)).reason())
          .isEqualTo(EndReason.TIMED_OUT);
    }
  }

  private List<String> pictureSizes(Path file) throws Exception {
    Path shown = Files.createTempFile(folder, "sizes", ".txt");
    try (Ffmpeg.Run run =
        ffmpeg.start(
            "-v",
            "info",
            "-i",
            file.toString(),
            "-noautoscale",
            "-map",
            "0:v",
            "-vf",
            "showinfo",
            "-f",
            "null",
            "-")) {
      run.await();
      Files.writeString(shown, run.log());
    }
    return Pattern.compile(" s:(\\d+x\\d+) ")
        .matcher(Files.readString(shown))
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }

  /** Frames of video; fails where a decoder finds anything to complain about. */
  private int frames(List<SourceRecord> records) throws Exception {
    Path file = SourceTopic.toFile(folder, records);
    try (Ffmpeg.Run run =
        ffmpeg.start(
            "-xerror",
            "-i",
            file.toString(),
            "-noautoscale",
            "-map",
            "0",
            "-fps_mode",
            "passthrough",
            "-enc_time_base:v",
            "1:90000",
            "-f",
            "null",
            "-")) {
      assertThat(run.await()).as(run.log()).isZero();
      assertThat(run.log()).isBlank();
    }
    return ffmpeg.frameHashes(file, "0:v", true).size();
  }

  private static long segmentStarts(List<SourceRecord> records) {
    return chunksOf(records, 1).stream().filter(Chunk::segmentStart).count();
  }

  private static List<Chunk> chunksOf(List<SourceRecord> records, int track) {
    return records.stream()
        .filter(Chunk.class::isInstance)
        .map(Chunk.class::cast)
        .filter(chunk -> chunk.trackId() == track)
        .toList();
  }
}
