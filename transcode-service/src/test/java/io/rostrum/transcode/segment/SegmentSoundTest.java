package io.rostrum.transcode.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.cmaf.InitSegment;
import io.rostrum.transcode.checkpoint.Resume;
import io.rostrum.transcode.ladder.Canvas;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.ladder.LadderFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the audio encoder is given: one grid through all publications, and the same each time. */
class SegmentSoundTest {
  private static final LadderFactory LADDERS =
      new LadderFactory(List.of("480p"), 1, 30, "veryfast", Canvas.DEFAULT);
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
  private static final int RATE = 48_000;
  private static final int AUDIO_TRACK = 2;

  /** AAC-LC of 48 kHz with one channel, where the broadcast has two. */
  private static final byte[] MONO = {0x11, (byte) 0x88};

  @Test
  void publicationsOfOtherAudioAndOfNone_goOnOnTheGrid_withoutAHole() throws Exception {
    Map<Long, Segment> segments = run(null, Resume.START, records(1));

    List<Segment> encoded = segments.values().stream().filter(s -> s.sound() != null).toList();
    assertThat(encoded).hasSize(5);
    long next = -1;
    for (Segment segment : encoded) {
      SegmentSound sound = segment.sound();
      assertThat(sound.isWhole()).isTrue();
      if (next >= 0) {
        assertThat(sound.startFrameTicks()).isEqualTo(next);
      }
      assertThat((sound.endFrameTicks() - sound.startFrameTicks()) % AudioOutput.SAMPLES_PER_FRAME)
          .isZero();
      long endTicks = MediaClock.toTrack(segment.endTicks(), RATE);
      assertThat(sound.endFrameTicks() - endTicks).isBetween(0L, 1023L);
      next = sound.endFrameTicks();
    }
    Segment before = segments.get(encoded.get(0).msn() - 1);
    long phase = before.rendition(Ladder.AUDIO).bytes().length;
    assertThat(phase).as("the one before was passed through").isPositive();
  }

  @Test
  void sound_isGivenWithItsPreRollAndPostRoll_everyFrameOnceAndInOrder() throws Exception {
    for (Segment segment : run(null, Resume.START, records(2)).values()) {
      if (segment.sound() == null || segment.sound().input() == null) {
        continue;
      }
      List<Long> times =
          segment.sound().samples().stream().map(WorkerRequest.AudioSample::ptsTicks).toList();
      assertThat(times).isSorted().doesNotHaveDuplicates();
      long start = MediaClock.toTrack(segment.startTicks(), RATE);
      long end = MediaClock.toTrack(segment.endTicks(), RATE);
      if (!segment.discontinuity()) {
        assertThat(times.get(0)).as("pre-roll").isLessThan(start - 300 * RATE / 1000 + 1024);
      }
      if (!segment.publication().id().equals("pub2aaaa") || segment.msn() < 4) {
        assertThat(times.get(times.size() - 1))
            .as("post-roll of segment %s", segment.msn())
            .isBetween(end + 80 * RATE / 1000 - 1024, end + 80 * RATE / 1000);
      }
      for (int i = 1; i < times.size(); i++) {
        assertThat(times.get(i) - times.get(i - 1)).isEqualTo(1024);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everySegment_madeAgainFromItsResumePlace_givesTheEncoderTheSame(long seed) throws Exception {
    List<SourceRecord> records = records(seed);
    Map<Long, Segment> whole = run(null, Resume.START, records);
    Segmenter first = new Segmenter(LADDERS, null, Resume.START);
    for (int i = 0; first.ladder() == null; i++) {
      first.accept(records.get(i), i, AT);
    }
    for (Segment expected : whole.values()) {
      Map<Long, Segment> again = run(first.ladder(), expected.resume(), records);
      for (long msn = expected.msn(); msn < whole.size(); msn++) {
        SegmentSound wanted = whole.get(msn).sound();
        SegmentSound made = again.get(msn).sound();
        assertThat(made == null).isEqualTo(wanted == null);
        if (wanted != null) {
          assertThat(made.startFrameTicks()).isEqualTo(wanted.startFrameTicks());
          assertThat(made.endFrameTicks()).isEqualTo(wanted.endFrameTicks());
          assertThat(used(made)).as("segment %s", msn).isEqualTo(used(wanted));
        }
      }
    }
  }

  /** A tab without a sound sends none, and those who wait for its picture wait for that. */
  @Test
  void soundThatASenderOverWebRtcDoesNotSend_isNotWaitedForLong() throws Exception {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 8, 60, true, 1));
    for (SourceRecord record : SyntheticPublication.records("pub2aaaa", 8, 60, true, 2)) {
      if (record instanceof SourceRecord.PublicationStart start) {
        records.add(mono(start, SourceRecord.Protocol.WHIP));
      } else if (!(record instanceof SourceRecord.Chunk chunk && chunk.trackId() == AUDIO_TRACK)) {
        records.add(record);
      }
    }
    Segmenter segmenter = new Segmenter(LADDERS, null, Resume.START);
    Segment first = null;
    for (int i = 0; first == null || !first.sound().isWhole(); i++) {
      segmenter.accept(records.get(i), i, AT);
      for (TimelineItem item : segmenter.takeItems()) {
        if (first == null
            && item instanceof TimelineItem.SegmentItem started
            && started.segment().publication().id().equals("pub2aaaa")) {
          first = started.segment();
        }
      }
    }

    assertThat(segmenter.takenUntilTicks() - first.endTicks()).isBetween(36_000L, 60_000L);
  }

  /** What a worker does not ignore, and what it decodes: marks say nothing of bytes. */
  private static List<WorkerRequest.AudioSample> used(SegmentSound sound) {
    long from = sound.startFrameTicks() - (long) AudioOutput.PRE_ROLL_MS * RATE / 1000;
    return sound.samples().stream()
        .filter(sample -> sample.ptsTicks() >= from && sample.data().length > 0)
        .toList();
  }

  private static List<SourceRecord> records(long seed) throws MalformedMediaException {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 8, 60, true, seed));
    for (SourceRecord record : SyntheticPublication.records("pub2aaaa", 11, 60, true, seed + 100)) {
      records.add(
          record instanceof SourceRecord.PublicationStart start
              ? mono(start, start.protocol())
              : record);
    }
    records.addAll(SyntheticPublication.records("pub3aaaa", 7, 60, false, seed + 200));
    return records;
  }

  private static SourceRecord mono(
      SourceRecord.PublicationStart start, SourceRecord.Protocol protocol)
      throws MalformedMediaException {
    List<Track> tracks = new ArrayList<>(InitSegment.read(start.init()));
    AudioFormat mono = AudioFormat.ofAac(MONO);
    tracks.replaceAll(t -> t.format() instanceof AudioFormat ? new Track(t.id(), mono) : t);
    return new SourceRecord.PublicationStart(
        start.publicationId(),
        0,
        protocol,
        start.keyId(),
        start.node(),
        start.pdt(),
        "",
        InitSegment.write(tracks));
  }

  private static Map<Long, Segment> run(Ladder ladder, Resume from, List<SourceRecord> records)
      throws MalformedMediaException {
    Segmenter segmenter = new Segmenter(LADDERS, ladder, from);
    Map<Long, Segment> segments = new TreeMap<>();
    for (int offset = (int) from.sourceOffset(); offset < records.size(); offset++) {
      segmenter.accept(records.get(offset), offset, AT);
      for (TimelineItem item : segmenter.takeItems()) {
        if (item instanceof TimelineItem.SegmentItem started) {
          segments.put(started.segment().msn(), started.segment());
        }
      }
    }
    return segments;
  }
}
