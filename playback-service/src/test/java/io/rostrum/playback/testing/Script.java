package io.rostrum.playback.testing;

import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.cmaf.Fragment;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the facts and parts of one broadcast: a video rendition with parts of 0.5 s and an audio
 * rendition with parts of 23 AAC frames. Bytes are opaque, and the same for the same (msn, part).
 */
public final class Script {
  /** Segments last this long, 90 kHz. */
  public static final long SEGMENT_TICKS = 4 * 90_000;

  /** Parts per segment and rendition. */
  public static final int PARTS = 8;

  public static final Instant START = Instant.parse("2026-11-21T09:00:00Z");

  public static final List<Rendition> LADDER =
      List.of(
          new Rendition(
              "source",
              Rendition.Kind.VIDEO,
              "avc1.64001f",
              90_000,
              4_000_000,
              3_000_000,
              1280,
              720,
              30,
              45_000,
              0,
              0),
          new Rendition(
              "audio",
              Rendition.Kind.AUDIO,
              "mp4a.40.2",
              48_000,
              140_000,
              128_000,
              0,
              0,
              0,
              23_552,
              48_000,
              2));

  private final String id;
  private long seq;
  private long epoch = 1;
  private long discontinuities;

  public Script(String id) {
    this.id = id;
  }

  /** A new owner goes on. */
  public Script epoch(long newEpoch) {
    epoch = newEpoch;
    return this;
  }

  public TimelineRecord record(Fact fact) {
    return new TimelineRecord(id, seq++, epoch, START, fact);
  }

  public TimelineRecord open(long msn) {
    return open(msn, false, 0);
  }

  /** The first segment of a broadcast with another ladder of the same names. */
  public TimelineRecord open(long msn, List<Rendition> ladder) {
    return open(msn, false, 0, ladder);
  }

  public TimelineRecord open(long msn, boolean discontinuity, long mediaOffset) {
    return open(msn, discontinuity, mediaOffset, LADDER);
  }

  private TimelineRecord open(
      long msn, boolean discontinuity, long mediaOffset, List<Rendition> ladder) {
    if (discontinuity) {
      discontinuities++;
    }
    Map<String, String> inits = new HashMap<>();
    Map<String, byte[]> newInits = new HashMap<>();
    for (Rendition rendition : LADDER) {
      String hash = "init" + discontinuities + rendition.name();
      inits.put(rendition.name(), hash);
      if (msn == 0 || discontinuity) {
        newInits.put(hash, init(hash));
      }
    }
    return record(
        new Fact.Open(
            msn,
            discontinuity,
            discontinuities,
            START.plusMillis(msn * 4000),
            msn * SEGMENT_TICKS,
            "publication",
            inits,
            newInits,
            msn == 0 ? ladder : null,
            mediaOffset));
  }

  public static byte[] init(String hash) {
    return ("init " + hash).getBytes(StandardCharsets.US_ASCII);
  }

  public MediaPart part(String rendition, long msn, int part) {
    boolean audio = "audio".equals(rendition);
    return new MediaPart(
        epoch,
        msn,
        part,
        rendition,
        audio ? 23_552 : 45_000,
        audio ? 48_000 : 90_000,
        audio || part % 4 == 0,
        ByteBuffer.wrap(bytes(rendition, msn, part)));
  }

  /** All parts of a segment, as they are written: renditions in turn. */
  public List<MediaPart> parts(long msn) {
    List<MediaPart> parts = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      parts.add(part("source", msn, i));
      parts.add(part("audio", msn, i));
    }
    return parts;
  }

  public static byte[] bytes(String rendition, long msn, int part) {
    List<AccessUnit> samples = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] data = new byte[400 + 12 * part + i];
      byte[] name =
          (rendition + " " + msn + "." + part + "/" + i + " ").getBytes(StandardCharsets.US_ASCII);
      for (int at = 0; at < data.length; at++) {
        data[at] = name[at % name.length];
      }
      samples.add(
          new AccessUnit(
              msn * SEGMENT_TICKS + i * 15_000L, 0, 15_000, part % 4 == 0 && i == 0, data));
    }
    return new Fragment(1, 1, samples).write();
  }

  public static byte[] segmentBytes(String rendition, long msn) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < PARTS; i++) {
      bytes.writeBytes(bytes(rendition, msn, i));
    }
    return bytes.toByteArray();
  }

  public TimelineRecord close(long msn, String... gaps) {
    Map<String, Fact.SegmentRendition> renditions = new HashMap<>();
    for (Rendition rendition : LADDER) {
      if (List.of(gaps).contains(rendition.name())) {
        renditions.put(rendition.name(), Fact.SegmentRendition.gap("no IDR came", SEGMENT_TICKS));
        continue;
      }
      List<Fact.Part> parts = new ArrayList<>();
      for (int i = 0; i < PARTS; i++) {
        MediaPart part = part(rendition.name(), msn, i);
        parts.add(
            new Fact.Part(part.payload().remaining(), part.durationTicks(), part.independent()));
      }
      byte[] bytes = segmentBytes(rendition.name(), msn);
      renditions.put(
          rendition.name(),
          new Fact.SegmentRendition(
              null,
              4L * rendition.timescale(),
              rendition.timescale(),
              bytes.length,
              sha256(bytes),
              parts));
    }
    return record(new Fact.Close(msn, SEGMENT_TICKS, renditions));
  }

  public String key(String rendition, long msn) {
    return ObjectKeys.segment(id, rendition, msn, sha256(segmentBytes(rendition, msn)));
  }

  public TimelineRecord stored(long msn) {
    Map<String, String> keys = new LinkedHashMap<>();
    LADDER.forEach(r -> keys.put(r.name(), key(r.name(), msn)));
    return record(new Fact.Stored(msn, keys));
  }

  /**
   * Stored with one thumbnail, from the segment's start on; its bytes are {@link #thumbnail}.
   *
   * @param sheetFrom first segment of the sheet that it completes; -1 for none
   * @param poster whether its thumbnail is the poster too
   */
  public TimelineRecord storedWithThumbnail(long msn, long sheetFrom, boolean poster) {
    Map<String, String> keys = new LinkedHashMap<>();
    LADDER.forEach(r -> keys.put(r.name(), key(r.name(), msn)));
    Fact.ThumbnailSheet sheet =
        sheetFrom < 0
            ? null
            : new Fact.ThumbnailSheet(ObjectKeys.storyboard(id, sheetName(sheetFrom)), sheetFrom);
    return record(
        new Fact.Stored(
            msn,
            keys,
            new Fact.Thumbnails(
                ObjectKeys.storyboard(id, thumbnailName(msn)),
                List.of(msn * SEGMENT_TICKS),
                160,
                90,
                96,
                sheet,
                poster ? ObjectKeys.storyboard(id, posterName(msn)) : null)));
  }

  /** Opaque bytes of an image of that name. */
  public static byte[] image(String name) {
    return ("image " + name).getBytes(StandardCharsets.US_ASCII);
  }

  public static String thumbnailName(long msn) {
    return ObjectKeys.thumbnails(msn, sha256(image("thumbnails " + msn)));
  }

  public static String sheetName(long firstMsn) {
    return ObjectKeys.thumbnailSheet(firstMsn, sha256(image("sheet " + firstMsn)));
  }

  public static String posterName(long msn) {
    return ObjectKeys.poster(sha256(image("poster " + msn)));
  }

  public TimelineRecord end(long segments) {
    return record(
        new Fact.End(
            Fact.End.Reason.REQUESTED,
            segments,
            segments * SEGMENT_TICKS,
            START.plusMillis(segments * 4000)));
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
