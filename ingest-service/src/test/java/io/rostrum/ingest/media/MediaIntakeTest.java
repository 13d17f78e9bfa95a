package io.rostrum.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.AudioCodec;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.aac.AudioSpecificConfig;
import io.rostrum.media.opus.OpusHead;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaIntakeTest {

  // 1280x720, High@3.1, 25 frames/s
  private static final String SPS =
      "6764001facd9405005bb01100000030010000003032 0f1831960".replace(" ", "");
  private static final String PPS = "68ebecb22c";
  private static final byte[] AVC = avcC(SPS, PPS);
  private static final byte[] OTHER_AVC = avcC(SPS, "68ebe3cb22c0");
  private static final byte[] AAC = AudioSpecificConfig.aacLc(48_000, 2);
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private Instant now = NOON;
  private final RecordingOpener opened = new RecordingOpener();
  private final MediaIntake intake = new MediaIntake(opened, () -> now, 500);

  @Test
  void videoAndAudio_oneCommonZero_nothingLost() throws Exception {
    configure();
    publish(0, 250, 50);
    intake.complete();

    RecordingOpener.Publication publication = opened.only();
    assertThat(publication.trackIds()).containsExactly(1, 2);
    List<AccessUnit> video = publication.units(1);
    assertThat(video).hasSize(250);
    assertThat(video.get(0).decodeTimeTicks()).isZero();
    assertContiguous(video);
    assertContiguous(publication.units(2));
    assertThat(publication.units(2).get(0).decodeTimeTicks()).isZero();
    assertThat(publication.pdt).isEqualTo(NOON);
  }

  @Test
  void chunks_areAtMost100Milliseconds_andStartSegmentsAndParts() throws Exception {
    configure();
    publish(0, 500, 50);
    intake.complete();

    List<RecordingOpener.Chunk> chunks = opened.only().chunks;
    assertThat(chunks).filteredOn(c -> c.trackId() == 1).allMatch(c -> c.durationTicks() <= 9000);
    assertThat(chunks).filteredOn(c -> c.trackId() == 2).allMatch(c -> c.durationTicks() <= 4800);
    assertThat(chunks)
        .filteredOn(c -> c.trackId() == 2)
        .noneMatch(RecordingOpener.Chunk::partStart);
    assertThat(chunks)
        .filteredOn(RecordingOpener.Chunk::segmentStart)
        .allMatch(RecordingOpener.Chunk::partStart)
        .allMatch(RecordingOpener.Chunk::sync)
        .extracting(c -> c.units().get(0).decodeTimeTicks() / 90_000)
        .containsExactly(0L, 2L, 6L, 10L, 14L, 18L);
  }

  @Test
  void aPartOfSound_isThere_withThePictureThatIsShownBesideItsLastFrame() throws Exception {
    configure();
    List<Long> picturesMs = new ArrayList<>();
    List<Long> soundMs = new ArrayList<>();
    long audio = 0;
    for (int i = 0; i < 300; i++) {
      video(i * 40L, 0, i % 50 == 0);
      for (; audio * 1024 / 48 <= i * 40L; audio++) {
        intake.audio(AudioCodec.AAC, (audio * 1024 / 48) * 1000, aac(), 0, 10);
      }
      if (intake.isRunning()) {
        picturesMs.add(endMs(1, 90));
        soundMs.add(endMs(2, 48));
      }
    }

    // Segments start at 2, 6 and 10 s; a part has 23 frames, and the last one what is left.
    for (long segmentMs : new long[] {2000, 6000}) {
      long first = (segmentMs * 48 + 1023) / 1024;
      long next = ((segmentMs + 4000) * 48 + 1023) / 1024;
      for (long end = first + 23; end < next; end += 23) {
        long startMs = (end - 1) * 1024 / 48;
        int seenBeside = (int) (startMs / 40) + 1; // the next picture says how long it is shown
        assertThat(picturesMs.get(seenBeside)).isGreaterThan(startMs);
        assertThat(soundMs.get(seenBeside)).isGreaterThanOrEqualTo(end * 1024 / 48);
      }
      int boundary = (int) (segmentMs + 4000) / 40 + 1;
      assertThat(picturesMs.get(boundary)).isGreaterThan(segmentMs + 4000);
      assertThat(soundMs.get(boundary)).isGreaterThan(segmentMs + 4000);
    }
  }

  private long endMs(int trackId, int ticksPerMs) {
    List<AccessUnit> units = opened.only().units(trackId);
    return units.isEmpty() ? 0 : units.get(units.size() - 1).endDecodeTimeTicks() / ticksPerMs;
  }

  @Test
  void reorderedFrames_decodeTimeIsCountedFromTheFirstPresentationTime() throws Exception {
    configure();
    intake.audio(AudioCodec.AAC, (0) * 1000, aac(), 0, 10);
    int[] compositionMs = {80, 200, 80, 0, 40};
    for (int i = 0; i < 25; i++) {
      // The first presentation is at 80 ms of the sender's clock.
      video(i * 40L, i == 0 ? 80 : compositionMs[i % 5], i == 0);
    }
    intake.complete();

    List<AccessUnit> video = opened.only().units(1);
    // Audio starts at the sender's 0, which is media time 0: the first picture is shown 80 ms
    // later.
    assertThat(video.get(0).presentationTimeTicks()).isEqualTo(7200);
    assertThat(video.get(0).decodeTimeTicks()).isEqualTo(7200);
    assertThat(video.get(3).compositionOffsetTicks()).isEqualTo(-7200);
    assertThat(video.get(3).presentationTimeTicks()).isEqualTo(3 * 3600);
  }

  @Test
  void videoBeforeItsFirstIdr_isLeftOut() throws Exception {
    configure();
    video(0, 0, false);
    video(40, 0, false);
    video(80, 0, true);
    intake.audio(AudioCodec.AAC, (80) * 1000, aac(), 0, 10);
    video(120, 0, false);
    intake.complete();

    assertThat(opened.only().units(1)).hasSize(2);
    assertThat(opened.only().units(1).get(0).decodeTimeTicks()).isZero();
  }

  @Test
  void audioOnly_startsAfterTwoSeconds_withoutLoss() throws Exception {
    intake.audioConfig(AudioCodec.AAC, AAC);
    for (int i = 0; i < 93; i++) {
      intake.audio(AudioCodec.AAC, (i * 1024L / 48) * 1000, aac(), 0, 10);
    }
    assertThat(intake.isRunning()).isFalse();
    for (int i = 93; i < 500; i++) {
      intake.audio(AudioCodec.AAC, (i * 1024L / 48) * 1000, aac(), 0, 10);
    }
    intake.complete();

    assertThat(opened.only().trackIds()).containsExactly(2);
    assertThat(opened.only().units(2)).hasSize(500);
    assertThat(opened.only().chunks).filteredOn(RecordingOpener.Chunk::segmentStart).hasSize(3);
  }

  @Test
  void framesOfOneByte_atOneTime_areNotHeldByTheMillion() throws Exception {
    intake.audioConfig(AudioCodec.AAC, AAC);
    int held = 0;
    while (!intake.isRunning()) {
      intake.audio(AudioCodec.AAC, 0, new byte[] {0x21}, 0, 1);
      held++;
    }

    assertThat(held).isLessThan(200_000);
  }

  @Test
  void videoOnly_startsAfterTwoSeconds_withoutLoss() throws Exception {
    intake.videoConfig(VideoCodec.H264, AVC);
    for (int i = 0; i < 200; i++) {
      video(i * 40L, 0, i % 50 == 0);
    }
    intake.complete();

    assertThat(opened.only().trackIds()).containsExactly(1);
    assertThat(opened.only().units(1)).hasSize(200);
  }

  @Test
  void shortPublication_endedWhileWaiting_isStillPublished() throws Exception {
    intake.videoConfig(VideoCodec.H264, AVC);
    video(0, 0, true);
    video(40, 0, false);
    intake.complete();

    assertThat(opened.only().units(1)).hasSize(2);
  }

  @Test
  void lateVideo_opensAPublicationWithBothTracks_atItsFirstIdr() throws Exception {
    intake.audioConfig(AudioCodec.AAC, AAC);
    int audio = 0;
    for (; audio < 150; audio++) {
      intake.audio(AudioCodec.AAC, (audio * 1024L / 48) * 1000, aac(), 0, 10);
    }
    intake.videoConfig(VideoCodec.H264, AVC);
    publish(3200, 50, 50);
    intake.complete();

    assertThat(opened.publications).hasSize(2);
    assertThat(opened.publications.get(1).trackIds()).containsExactly(1, 2);
    assertThat(opened.publications.get(1).units(1)).hasSize(50);
    assertThat(opened.publications.get(1).pdt).isAfter(opened.publications.get(0).pdt);
  }

  @Test
  void lateAudio_waitsForTheNextIdr_soThatNoPictureIsLost() throws Exception {
    intake.videoConfig(VideoCodec.H264, AVC);
    for (int i = 0; i < 60; i++) {
      video(i * 40L, 0, i % 50 == 0);
    }
    intake.audioConfig(AudioCodec.AAC, AAC);
    for (int i = 60; i < 150; i++) {
      video(i * 40L, 0, i % 50 == 0);
      intake.audio(AudioCodec.AAC, (i * 40L) * 1000, aac(), 0, 10);
    }
    intake.complete();

    assertThat(opened.publications).hasSize(2);
    assertThat(opened.publications.get(0).units(1)).hasSize(100);
    assertThat(opened.publications.get(1).units(1)).hasSize(50);
    assertThat(opened.publications.get(1).trackIds()).containsExactly(1, 2);
  }

  @Test
  void sameSequenceHeaderAgain_changesNothing_anotherOpensAPublication() throws Exception {
    configure();
    publish(0, 50, 50);
    configure();
    publish(2000, 50, 50);
    assertThat(opened.publications).hasSize(1);

    intake.videoConfig(VideoCodec.H264, OTHER_AVC);
    publish(4000, 50, 50);
    intake.complete();

    assertThat(opened.publications).hasSize(2);
    assertThat(opened.publications.get(0).units(1)).hasSize(100);
    assertThat(opened.publications.get(1).units(1)).hasSize(50);
    assertThat(opened.publications.get(1).units(1).get(0).decodeTimeTicks()).isZero();
  }

  @Test
  void timestampsThatRestartAtZero_openAPublication() throws Exception {
    configure();
    publish(100_000, 50, 50);
    publish(0, 50, 50);
    intake.complete();

    assertThat(opened.publications).hasSize(2);
    assertThat(opened.publications.get(1).units(1)).hasSize(50);
    assertThat(opened.publications.get(1).pdt)
        .isAfterOrEqualTo(opened.publications.get(0).pdt.plusMillis(1960));
  }

  @Test
  void timestampsBeyond32Bits_goOnInOnePublication() throws Exception {
    configure();
    publish(0xFFFF_FFFFL - 999, 100, 50);
    intake.complete();

    List<AccessUnit> video = opened.only().units(1);
    assertThat(video).hasSize(100);
    assertContiguous(video);
    assertThat(video.get(99).decodeTimeTicks()).isEqualTo(99 * 3600);
  }

  @Test
  void shortGap_staysInThePublication_longOneOpensANewOne() throws Exception {
    configure();
    publish(0, 50, 50);
    publish(4000, 50, 50);
    assertThat(opened.publications).hasSize(1);
    publish(14_000, 50, 50);
    intake.complete();

    assertThat(opened.publications).hasSize(2);
    assertThat(opened.publications.get(0).units(1)).hasSize(100);
    assertContiguous(opened.publications.get(0).units(1));
  }

  @Test
  void videoThatStops_leavesAudioGoingOnAlone_andJoinsAgain() throws Exception {
    configure();
    publish(0, 50, 50);
    for (long ms = 2000; ms < 12_000; ms += 21) {
      intake.audio(AudioCodec.AAC, (ms) * 1000, aac(), 0, 10);
    }
    assertThat(opened.publications).hasSize(2);
    assertThat(opened.publications.get(1).trackIds()).containsExactly(2);

    publish(12_000, 50, 50);
    intake.complete();

    assertThat(opened.publications).hasSize(3);
    assertThat(opened.publications.get(2).trackIds()).containsExactly(1, 2);
    assertThat(opened.publications.get(2).units(1)).hasSize(50);
  }

  @Test
  void clocksOfTrackThatHaveNothingInCommon_areBothPutAtZero() throws Exception {
    configure();
    for (int i = 0; i < 50; i++) {
      video(5_000_000 + i * 40L, 0, i == 0);
      intake.audio(AudioCodec.AAC, (i * 40L) * 1000, aac(), 0, 10);
    }
    intake.complete();

    assertThat(opened.only().units(1).get(0).decodeTimeTicks()).isZero();
    assertThat(opened.only().units(2).get(0).decodeTimeTicks()).isZero();
  }

  @Test
  void parameterSetsInBand_leaveTheSample_andConfigureWhereNothingElseDoes() throws Exception {
    byte[] unit = lengthPrefixed(hex(SPS), hex(PPS), new byte[] {0x65, 1, 2});
    intake.audioConfig(AudioCodec.AAC, AAC);
    intake.video(VideoCodec.H264, 0, 0, unit, 0, unit.length);
    intake.audio(AudioCodec.AAC, (0) * 1000, aac(), 0, 10);
    intake.complete();

    assertThat(opened.only().units(1).get(0).data())
        .isEqualTo(lengthPrefixed(new byte[] {0x65, 1, 2}));
  }

  @Test
  void annexB_inConfigurationAndFrames_isBroughtIntoTheStoredForm() throws Exception {
    intake.videoConfig(VideoCodec.H264, hex("00000001" + SPS + "00000001" + PPS));
    byte[] unit = hex("0000000109f0" + "000001" + SPS + "000001" + PPS + "00000001658801");
    intake.video(VideoCodec.H264, 0, 0, unit, 0, unit.length);
    intake.audioConfig(AudioCodec.AAC, AAC);
    intake.audio(AudioCodec.AAC, 0, aac(), 0, 10);
    intake.complete();

    assertThat(opened.only().units(1).get(0).data()).isEqualTo(lengthPrefixed(hex("658801")));
    assertThat(opened.only().tracks.get(0).format().rfc6381()).isEqualTo("avc1.64001F");
  }

  @Test
  void firstKeyframeFifteenSecondsLate_isWaitedFor() throws Exception {
    configure();
    for (long ms = 0; ms < 15_000; ms += 40) {
      video(ms, 0, false);
      intake.audio(AudioCodec.AAC, ms * 1000, aac(), 0, 10);
    }
    publish(15_000, 50, 50);
    intake.complete();

    assertThat(opened.only().trackIds()).containsExactly(1, 2);
    assertThat(opened.only().units(1)).hasSize(50);
    assertThat(opened.only().units(1).get(0).decodeTimeTicks()).isLessThan(9_000);
  }

  @Test
  void clocksThatRestartOneAfterTheOther_keepTheKeyframeThatCameInBetween() throws Exception {
    configure();
    publish(100_000, 50, 50);
    // The picture's clock restarts first; the old sound goes on for a moment.
    video(0, 0, true);
    intake.audio(AudioCodec.AAC, 102_000_000, aac(), 0, 10);
    video(40, 0, false);
    intake.audio(AudioCodec.AAC, 0, aac(), 0, 10);
    for (int i = 2; i < 50; i++) {
      video(i * 40L, 0, false);
      intake.audio(AudioCodec.AAC, i * 40_000L, aac(), 0, 10);
    }
    intake.complete();

    List<AccessUnit> last = opened.publications.get(opened.publications.size() - 1).units(1);
    int pictures =
        opened.publications.stream().mapToInt(publication -> publication.units(1).size()).sum();
    assertThat(pictures).isEqualTo(100);
    assertContiguous(last);
  }

  @Test
  void opusPackets_lastAsLongAsTheySay() throws Exception {
    intake.audioConfig(AudioCodec.OPUS, OpusHead.ofChannels(2).toByteArray());
    // CELT, 20 ms; then 10 ms
    for (int i = 0; i < 150; i++) {
      intake.audio(AudioCodec.OPUS, i * 20_000L, new byte[] {(byte) 0xFC, 1, 2}, 0, 3);
    }
    for (int i = 0; i < 10; i++) {
      intake.audio(AudioCodec.OPUS, 3_000_000 + i * 10_000L, new byte[] {(byte) 0xF4, 1, 2}, 0, 3);
    }
    intake.complete();

    List<AccessUnit> units = opened.only().units(2);
    assertThat(units).hasSize(160);
    assertThat(units.get(0).durationTicks()).isEqualTo(960);
    assertThat(units.get(159).durationTicks()).isEqualTo(480);
    assertContiguous(units);
  }

  @Test
  void vp8_sizeIsKnownWithTheFirstKeyFrame_andAnotherSizeIsANewPublication() throws Exception {
    byte[] key = hex("f067009d012a4201b6000007");
    byte[] larger = hex("f067009d012a8002e0010007");
    byte[] delta = hex("f167000000000000");
    long ms = 0;
    for (; ms < 3_000; ms += 40) {
      byte[] frame = ms % 1_000 == 0 ? key : delta;
      intake.video(VideoCodec.VP8, ms * 1000, 0, frame, 0, frame.length);
    }
    intake.video(VideoCodec.VP8, ms * 1000, 0, larger, 0, larger.length);
    intake.complete();

    assertThat(opened.publications).hasSize(2);
    assertThat(opened.publications.get(0).units(1)).hasSize(75);
    assertThat(opened.publications.get(1).tracks.get(0).format())
        .isInstanceOfSatisfying(
            io.rostrum.media.VideoFormat.class, f -> assertThat(f.width()).isEqualTo(640));
  }

  @Test
  void brokenAccessUnit_isMalformed() throws Exception {
    configure();
    byte[] broken = {0, 0, 2, 0, 0x65};

    assertThatThrownBy(() -> intake.video(VideoCodec.H264, 0, 0, broken, 0, broken.length))
        .isInstanceOf(MalformedMediaException.class);
    assertThatThrownBy(() -> intake.videoConfig(VideoCodec.H264, new byte[] {1, 2, 3}))
        .isInstanceOf(MalformedMediaException.class);
    assertThatThrownBy(() -> intake.audioConfig(AudioCodec.AAC, new byte[0]))
        .isInstanceOf(MalformedMediaException.class);
  }

  private void configure() throws MalformedMediaException {
    intake.videoConfig(VideoCodec.H264, AVC);
    intake.audioConfig(AudioCodec.AAC, AAC);
  }

  /** 25 frames/s from {@code fromMs} on, with the audio that belongs to them. */
  private void publish(long fromMs, int frames, int interval) throws MalformedMediaException {
    long audio = 0;
    for (int i = 0; i < frames; i++) {
      long ms = i * 40L;
      video(fromMs + ms, 0, i % interval == 0);
      for (; audio * 1024 / 48 <= ms; audio++) {
        intake.audio(AudioCodec.AAC, (fromMs + audio * 1024 / 48) * 1000, aac(), 0, 10);
      }
    }
  }

  private void video(long timestampMs, int compositionMs, boolean idr)
      throws MalformedMediaException {
    byte[] unit = lengthPrefixed(new byte[] {(byte) (idr ? 0x65 : 0x41), 1, 2, 3});
    intake.video(VideoCodec.H264, timestampMs * 1000, compositionMs * 1000L, unit, 0, unit.length);
  }

  private static byte[] aac() {
    return new byte[] {0x21, 0, 1, 2, 3, 4, 5, 6, 7, 8};
  }

  private static void assertContiguous(List<AccessUnit> units) {
    for (int i = 1; i < units.size(); i++) {
      assertThat(units.get(i).decodeTimeTicks()).isEqualTo(units.get(i - 1).endDecodeTimeTicks());
    }
  }

  private static byte[] lengthPrefixed(byte[]... units) {
    ByteBuffer out = ByteBuffer.allocate(1000);
    for (byte[] unit : units) {
      out.putInt(unit.length).put(unit);
    }
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] avcC(String sps, String pps) {
    byte[] s = hex(sps);
    byte[] p = hex(pps);
    return ByteBuffer.allocate(11 + s.length + p.length)
        .put(new byte[] {1, s[1], s[2], s[3], (byte) 0xFF, (byte) 0xE1})
        .putShort((short) s.length)
        .put(s)
        .put((byte) 1)
        .putShort((short) p.length)
        .put(p)
        .array();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
