package io.rostrum.transcode.owner;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.InitSegment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The source records of a real clip (480x270 at 30 frames/s with B-frames, AAC, an IDR every 2 s,
 * 14 s), cut as ingest cuts: chunks of 100 ms, parts of 15 pictures, segments of 4 s, decode times
 * moved so that each IDR's equals its presentation time.
 */
final class ClipPublication {
  private static final int FRAMES_PER_CHUNK = 3;
  private static final int FRAMES_PER_PART = 15;
  private static final long SEGMENT_TICKS = 4 * 90_000;

  private ClipPublication() {}

  static List<SourceRecord> records(String id, boolean endsBroadcast)
      throws IOException, MalformedMediaException {
    return records(id, endsBroadcast, SourceRecord.Protocol.RTMP);
  }

  static List<SourceRecord> records(
      String id, boolean endsBroadcast, SourceRecord.Protocol protocol)
      throws IOException, MalformedMediaException {
    return records(id, endsBroadcast, protocol, FRAMES_PER_CHUNK);
  }

  /** The same media in chunks of another length. */
  static List<SourceRecord> records(
      String id, boolean endsBroadcast, SourceRecord.Protocol protocol, int framesPerChunk)
      throws IOException, MalformedMediaException {
    byte[] clip;
    try (InputStream in = ClipPublication.class.getResourceAsStream("/clip-14s.mp4")) {
      clip = in.readAllBytes();
    }
    List<Track> tracks = new ArrayList<>();
    int videoId = 0;
    for (Track track : InitSegment.read(clip)) {
      tracks.add(
          track.format() instanceof VideoFormat video
              ? new Track(track.id(), VideoFormat.ofAvc(video.decoderConfig(), 90_000))
              : track);
      videoId = track.format() instanceof VideoFormat ? track.id() : videoId;
    }
    List<AccessUnit> video = new ArrayList<>();
    List<AccessUnit> audio = new ArrayList<>();
    int timescale = 0;
    for (Track track : InitSegment.read(clip)) {
      timescale = track.format() instanceof VideoFormat format ? format.timescale() : timescale;
    }
    for (Fragment fragment : Fragment.readAll(clip, InitSegment.readDefaults(clip))) {
      (fragment.trackId() == videoId ? video : audio).addAll(fragment.samples());
    }
    List<SourceRecord> records = new ArrayList<>();
    records.add(
        new SourceRecord.PublicationStart(
            id,
            0,
            protocol,
            "key1",
            "node",
            Instant.parse("2026-01-01T10:00:00Z"),
            "clip",
            InitSegment.write(tracks)));
    List<AccessUnit> pictures = shifted(video, timescale);
    int audioAt = 0;
    int inSegment = 0;
    long segmentStart = Long.MIN_VALUE;
    for (int i = 0; i < pictures.size(); ) {
      AccessUnit first = pictures.get(i);
      boolean cut =
          first.sync()
              && (segmentStart == Long.MIN_VALUE
                  || first.decodeTimeTicks() - segmentStart >= SEGMENT_TICKS);
      if (cut) {
        segmentStart = first.decodeTimeTicks();
        inSegment = 0;
      }
      boolean partStart = inSegment % FRAMES_PER_PART == 0;
      List<AccessUnit> units = new ArrayList<>();
      do {
        units.add(pictures.get(i++));
        inSegment++;
      } while (units.size() < framesPerChunk && i < pictures.size() && !pictures.get(i).sync());
      records.add(chunk(id, records.size(), videoId, cut, partStart, first.sync(), units));
      // The sound ends with the same frame however the pictures are cut.
      AccessUnit heard =
          i < pictures.size() ? first : pictures.get(pictures.size() - FRAMES_PER_CHUNK);
      double seconds = heard.decodeTimeTicks() / 90_000.0;
      List<AccessUnit> sound = new ArrayList<>();
      while (audioAt < audio.size() && audioAt * 1024 / 48_000.0 < seconds) {
        AccessUnit frame = audio.get(audioAt);
        sound.add(new AccessUnit(1024L * audioAt++, 0, 1024, true, frame.data()));
      }
      if (!sound.isEmpty()) {
        records.add(chunk(id, records.size(), 3 - videoId, false, false, true, sound));
      }
    }
    records.add(
        new SourceRecord.PublicationEnd(
            id,
            records.size(),
            endsBroadcast
                ? SourceRecord.EndReason.BROADCAST_ENDED
                : SourceRecord.EndReason.PUBLISHER_LEFT,
            endsBroadcast));
    return records;
  }

  /** The clip's sound without its pictures, cut by itself, ending the broadcast. */
  static List<SourceRecord> soundAlone(String id) throws IOException, MalformedMediaException {
    List<SourceRecord> records = new ArrayList<>();
    int soundId = 0;
    for (SourceRecord record : records(id, true)) {
      if (record instanceof SourceRecord.PublicationStart start) {
        List<Track> sound = new ArrayList<>(InitSegment.read(start.init()));
        sound.removeIf(track -> track.format() instanceof VideoFormat);
        soundId = sound.get(0).id();
        records.add(
            new SourceRecord.PublicationStart(
                id,
                0,
                start.protocol(),
                start.keyId(),
                start.node(),
                start.pdt(),
                start.client(),
                InitSegment.write(sound)));
      } else if (record instanceof SourceRecord.Chunk chunk && chunk.trackId() == soundId) {
        int number = records.size() - 1;
        records.add(
            new SourceRecord.Chunk(
                id,
                records.size(),
                soundId,
                number % 40 == 0,
                number % 4 == 0,
                true,
                0,
                chunk.payload()));
      }
    }
    records.add(
        new SourceRecord.PublicationEnd(
            id, records.size(), SourceRecord.EndReason.BROADCAST_ENDED, true));
    return records;
  }

  private static List<AccessUnit> shifted(List<AccessUnit> video, int timescale) {
    long shift = video.get(0).compositionOffsetTicks() * 90_000L / timescale;
    List<AccessUnit> shifted = new ArrayList<>();
    for (AccessUnit unit : video) {
      shifted.add(
          new AccessUnit(
              unit.decodeTimeTicks() * 90_000L / timescale + shift,
              (int) (unit.compositionOffsetTicks() * 90_000L / timescale - shift),
              3000,
              unit.sync(),
              unit.data()));
    }
    return shifted;
  }

  private static SourceRecord.Chunk chunk(
      String id,
      long sequence,
      int track,
      boolean segmentStart,
      boolean partStart,
      boolean sync,
      List<AccessUnit> units) {
    return new SourceRecord.Chunk(
        id,
        sequence,
        track,
        segmentStart,
        partStart,
        sync,
        0,
        ByteBuffer.wrap(new Fragment(1, track, units).write()));
  }
}
