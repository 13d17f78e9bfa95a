package io.rostrum.transcode.segment;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.InitSegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * The source records of a publication that never was: 30 frames/s of "pictures" and 48 kHz of
 * "audio frames" that say in their bytes which they are, in chunks of at most 100 ms, interleaved
 * as unevenly as {@code seed} wants.
 */
public final class SyntheticPublication {
  static final byte[] AVCC =
      HexFormat.of()
          .parseHex(
              "0142c020ffe100186742c020d9005005bb0110000003001000000640f183248001000568cb83cb20");
  static final int FRAME = 3000;

  private record Timed(double at, SourceRecord.Chunk chunk) {}

  private SyntheticPublication() {}

  static byte[] init(boolean video, boolean audio) throws MalformedMediaException {
    List<Track> tracks = new ArrayList<>();
    if (video) {
      tracks.add(new Track(1, VideoFormat.ofAvc(AVCC, 90_000)));
    }
    if (audio) {
      tracks.add(new Track(2, AudioFormat.ofAac(new byte[] {0x11, (byte) 0x90})));
    }
    return InitSegment.write(tracks);
  }

  /** {@code seconds} of video and audio, IDR every {@code gopFrames}, segments of two of those. */
  public static List<SourceRecord> records(
      String id, double seconds, int gopFrames, boolean audio, long seed)
      throws MalformedMediaException {
    Random random = new Random(seed);
    List<Timed> chunks = new ArrayList<>();
    int frames = (int) (seconds * 30);
    for (int i = 0; i < frames; ) {
      boolean idr = i % gopFrames == 0;
      int untilIdr = gopFrames - i % gopFrames;
      int count = Math.min(Math.min(3, untilIdr), frames - i);
      List<AccessUnit> units = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        units.add(
            new AccessUnit(
                (long) (i + k) * FRAME, 0, FRAME, idr && k == 0, text(id + " v" + (i + k))));
      }
      boolean segmentStart = i % (2 * gopFrames) == 0;
      chunks.add(
          new Timed(
              i / 30.0 + random.nextDouble() * 0.02,
              chunk(id, 1, segmentStart, i % 15 == 0, idr, units)));
      i += count;
    }
    double audioDelay = (random.nextDouble() - 0.5) * 0.4;
    int audioFrames = audio ? (int) (seconds * 48_000 / 1024) : 0;
    for (int i = 0; i < audioFrames; i += 4) {
      List<AccessUnit> units = new ArrayList<>();
      for (int k = i; k < Math.min(i + 4, audioFrames); k++) {
        units.add(new AccessUnit(480 + k * 1024L, 0, 1024, true, text(id + " a" + k)));
      }
      chunks.add(
          new Timed(
              Math.max(0, i * 1024 / 48_000.0 + audioDelay + i * 1e-9),
              chunk(id, 2, false, false, true, units)));
    }
    chunks.sort(Comparator.comparingDouble(Timed::at));
    List<SourceRecord> records = new ArrayList<>();
    records.add(
        new SourceRecord.PublicationStart(
            id,
            0,
            SourceRecord.Protocol.RTMP,
            "key1",
            "node",
            Instant.ofEpochMilli(1_700_000_000_000L),
            "test",
            init(true, audio)));
    for (Timed timed : inTrackOrder(chunks)) {
      records.add(timed.chunk());
    }
    records.add(
        new SourceRecord.PublicationEnd(
            id, records.size(), SourceRecord.EndReason.PUBLISHER_LEFT, false));
    return records;
  }

  /** Jitter may not swap chunks of one track: ingest writes each track in order. */
  private static List<Timed> inTrackOrder(List<Timed> chunks) {
    List<Timed> ordered = new ArrayList<>();
    long lastVideo = -1;
    List<Timed> late = new ArrayList<>();
    for (Timed timed : chunks) {
      if (timed.chunk().trackId() != 1) {
        ordered.add(timed);
        continue;
      }
      long at = firstTicks(timed);
      if (at < lastVideo) {
        late.add(timed);
      }
      lastVideo = at;
      ordered.add(timed);
    }
    if (!late.isEmpty()) {
      throw new IllegalStateException("jitter swapped pictures");
    }
    return ordered;
  }

  private static long firstTicks(Timed timed) {
    try {
      return Fragment.readAll(timed.chunk().payloadBytes()).get(0).baseDecodeTimeTicks();
    } catch (MalformedMediaException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SourceRecord.Chunk chunk(
      String id,
      int track,
      boolean segmentStart,
      boolean partStart,
      boolean sync,
      List<AccessUnit> units) {
    return new SourceRecord.Chunk(
        id,
        0,
        track,
        segmentStart,
        partStart,
        sync,
        0,
        ByteBuffer.wrap(new Fragment(1, track, units).write()));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
