package io.rostrum.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rostrum.contracts.health.HealthReport.Warning;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.aac.AudioSpecificConfig;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MediaMeasurementTest {

  private static final VideoFormat H264 = video(VideoCodec.H264, new byte[8]);
  private static final long FRAME_US = 33_333;

  private Instant now = Instant.ofEpochSecond(1_000_000);
  private final MediaMeasurement measurement = new MediaMeasurement(() -> now);
  private long videoUs;
  private long audioUs;

  @Test
  void steadyStream_isMeasured_andWarnsOfNothing() throws Exception {
    send(20, 2, 10_000, 0, 1);

    MediaMeasurement.Measured measured = measurement.measure();

    assertThat(measured.video().framesPerSecond()).isCloseTo(30, within(0.1));
    assertThat(measured.video().bitsPerSecond()).isBetween(2_300_000L, 2_500_000L);
    assertThat(measured.video().keyframeIntervalSeconds()).isCloseTo(2, within(0.05));
    assertThat(measured.audioAheadMs()).isBetween(-20L, 20L);
    assertThat(measured.warnings()).isEmpty();
  }

  @Test
  void keyframesEveryTenSeconds_areSaidInPlainWords() throws Exception {
    send(25, 10, 10_000, 0, 1);

    assertThat(measurement.measure().warnings())
        .filteredOn(w -> w.code().equals("KEYFRAME_INTERVAL_LONG"))
        .extracting(Warning::text)
        .singleElement()
        .asString()
        .contains("Keyframes every 10 s")
        .contains("OBS");
  }

  @Test
  void noSound_isMissed_andNoPictureToo() throws Exception {
    sendVideo(10, 2, 10_000);
    assertThat(codes()).containsExactly("NO_AUDIO");

    MediaMeasurement other = new MediaMeasurement(() -> now);
    AudioFormat aac = AudioFormat.ofAac(AudioSpecificConfig.aacLc(48_000, 2));
    for (int i = 0; i < 500; i++) {
      now = now.plusMillis(21);
      other.audio(aac, i * 21_000L, 300);
    }
    assertThat(other.measure().warnings()).extracting(Warning::code).containsExactly("NO_VIDEO");
  }

  @Test
  void soundThatRunsAway_isDrift() throws Exception {
    send(10, 2, 10_000, 0, 1);
    // 1 % fewer samples than time: 400 ms in 40 s
    send(40, 2, 10_000, 10_000, 1);

    assertThat(measurement.measure().audioAheadMs()).isGreaterThan(200);
    assertThat(codes()).contains("AV_DRIFT");
  }

  @Test
  void halfOfRealTime_isSaid() throws Exception {
    send(20, 2, 10_000, 0, 2);

    assertThat(codes()).contains("SLOWER_THAN_REAL_TIME");
  }

  @Test
  void bitrateThatCollapses_isSaid_largeKeyframesAreNot() throws Exception {
    send(10, 2, 20_000, 0, 1);
    send(6, 2, 1_500, 0, 1);
    assertThat(codes()).contains("BITRATE_UNSTABLE");

    MediaMeasurement slides = new MediaMeasurement(() -> now);
    for (int i = 0; i < 600; i++) {
      now = now.plusNanos(FRAME_US * 1000);
      slides.video(H264, i * FRAME_US, i % 60 == 0, i % 60 == 0 ? 200_000 : 500);
    }
    assertThat(slides.measure().warnings())
        .extracting(Warning::code)
        .doesNotContain("BITRATE_UNSTABLE");
  }

  @Test
  void lowBitrate_extraTracksAndJumps_areSaid() throws Exception {
    send(12, 2, 400, 0, 1);
    measurement.extraTrack(1);
    assertThat(codes()).containsExactly("BITRATE_LOW", "EXTRA_TRACKS");

    measurement.jumped();

    assertThat(codes()).contains("TIMESTAMP_JUMP", "EXTRA_TRACKS");
    assertThat(measurement.measure().timestampJumps()).isEqualTo(1);
  }

  @Test
  void framesWithoutARate_areVariable_aFewDroppedOnesAreNot() throws Exception {
    for (int i = 0; i < 300; i++) {
      now = now.plusMillis(30);
      videoUs += i % 3 == 0 ? 15_000 : 40_000;
      measurement.video(H264, videoUs, i % 60 == 0, 10_000);
    }
    assertThat(codes()).contains("FRAME_RATE_VARIABLE");

    MediaMeasurement dropping = new MediaMeasurement(() -> now);
    for (int i = 0; i < 300; i++) {
      now = now.plusMillis(30);
      videoUs += i % 20 == 0 ? 2 * FRAME_US : FRAME_US;
      dropping.video(H264, videoUs, i % 60 == 0, 10_000);
    }
    assertThat(dropping.measure().warnings())
        .extracting(Warning::code)
        .doesNotContain("FRAME_RATE_VARIABLE");
  }

  private java.util.List<String> codes() {
    return measurement.measure().warnings().stream().map(Warning::code).toList();
  }

  /**
   * @param audioLossPpm how much audio time falls behind video time
   * @param slowness seconds that a second of media takes
   */
  private void send(int seconds, int interval, int frameBytes, long audioLossPpm, int slowness)
      throws Exception {
    AudioFormat aac = AudioFormat.ofAac(AudioSpecificConfig.aacLc(48_000, 2));
    for (int i = 0; i < seconds * 30; i++) {
      now = now.plusNanos(FRAME_US * 1000 * slowness);
      measurement.video(H264, videoUs, i % (interval * 30) == 0, frameBytes);
      videoUs += FRAME_US;
      measurement.audio(aac, audioUs, 500);
      audioUs += FRAME_US - FRAME_US * audioLossPpm / 1_000_000;
    }
  }

  private void sendVideo(int seconds, int interval, int frameBytes) {
    for (int i = 0; i < seconds * 30; i++) {
      now = now.plusNanos(FRAME_US * 1000);
      measurement.video(H264, videoUs, i % (interval * 30) == 0, frameBytes);
      videoUs += FRAME_US;
    }
  }

  private static VideoFormat video(VideoCodec codec, byte[] config) {
    return new VideoFormat(codec, config, 1280, 720, 90_000, null);
  }
}
