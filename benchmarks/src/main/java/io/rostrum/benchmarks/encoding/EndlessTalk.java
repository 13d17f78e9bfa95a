package io.rostrum.benchmarks.encoding;

import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.InitSegment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A talk over and over as one publication, in the records that ingest would write: chunks of three
 * pictures, parts of fifteen, segments of two keyframe intervals, the sound on its own grid. Times
 * run on. For one thread.
 */
final class EndlessTalk {
  static final int SEGMENT_SECONDS = 4;
  private static final String PUBLICATION = "endless1";
  private static final int VIDEO = 1;
  private static final int AUDIO = 2;
  private static final int FRAMES_PER_CHUNK = 3;
  private static final int FRAMES_PER_PART = 15;
  private static final int FRAMES_PER_SEGMENT = SEGMENT_SECONDS * Talk.FRAMES_PER_SECOND;
  private static final int AUDIO_FRAMES_PER_CHUNK = 4;
  private static final int AAC_FRAME = 1024;
  private static final long VIDEO_HZ = 90_000;

  private final Talk talk;
  private final int firstOffsetTicks;
  private long sequence;
  private long picture;
  private long audioFrame;

  /**
   * @param talk a whole number of segments long, keyframes at the start of each
   */
  EndlessTalk(Talk talk) {
    this.talk = talk;
    this.firstOffsetTicks = offsetTicks(talk.samples().get(0));
  }

  SourceRecord start() throws MalformedMediaException {
    byte[] init =
        InitSegment.write(
            List.of(
                new Track(VIDEO, VideoFormat.ofAvc(talk.video().decoderConfig(), (int) VIDEO_HZ)),
                new Track(AUDIO, AudioFormat.ofAac(talk.audio().decoderConfig()))));
    return new SourceRecord.PublicationStart(
        PUBLICATION,
        sequence++,
        SourceRecord.Protocol.RTMP,
        "key1",
        "bench",
        Instant.now(),
        "endless talk",
        init);
  }

  /** The next segment's records. */
  List<SourceRecord> segment() {
    List<SourceRecord> records = new ArrayList<>();
    for (int i = 0; i < FRAMES_PER_SEGMENT; i += FRAMES_PER_CHUNK) {
      List<AccessUnit> pictures = new ArrayList<>();
      for (int k = 0; k < FRAMES_PER_CHUNK; k++) {
        pictures.add(picture());
      }
      records.add(chunk(VIDEO, i == 0, i % FRAMES_PER_PART == 0, pictures));
      while ((audioFrame + AUDIO_FRAMES_PER_CHUNK) * AAC_FRAME * VIDEO_HZ
          <= picture * Talk.frameTicks() * Talk.SAMPLE_RATE) {
        List<AccessUnit> sound = new ArrayList<>();
        for (int k = 0; k < AUDIO_FRAMES_PER_CHUNK; k++) {
          byte[] data = talk.frames().get((int) (audioFrame % talk.frames().size()));
          sound.add(new AccessUnit(audioFrame++ * AAC_FRAME, 0, AAC_FRAME, true, data));
        }
        records.add(chunk(AUDIO, false, false, sound));
      }
    }
    return records;
  }

  SourceRecord end() {
    return new SourceRecord.PublicationEnd(
        PUBLICATION, sequence++, SourceRecord.EndReason.BROADCAST_ENDED, true);
  }

  private AccessUnit picture() {
    WorkerRequest.Sample sample = talk.samples().get((int) (picture % talk.samples().size()));
    // DESIGN.md, invariant 4: decode time is counted from the first presentation time.
    return new AccessUnit(
        picture++ * Talk.frameTicks(),
        offsetTicks(sample) - firstOffsetTicks,
        Talk.frameTicks(),
        sample.sync(),
        sample.data());
  }

  /** FLV has whole milliseconds; the clip has a constant rate. */
  private static int offsetTicks(WorkerRequest.Sample sample) {
    long frames = Math.round((sample.ptsTicks() - sample.dtsTicks()) / (double) Talk.frameTicks());
    return (int) frames * Talk.frameTicks();
  }

  private SourceRecord chunk(int track, boolean segment, boolean part, List<AccessUnit> units) {
    return new SourceRecord.Chunk(
        PUBLICATION,
        sequence++,
        track,
        segment,
        part,
        units.get(0).sync(),
        System.currentTimeMillis(),
        ByteBuffer.wrap(new Fragment((int) sequence, track, units).write()));
  }
}
