package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.hls.MediaDuration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A segment that is in the playlists, in the smallest form: a day has twenty thousand of them.
 *
 * <p>Immutable but for its object keys, which come later.
 */
public final class ClosedSegment {
  private final long msn;
  private final boolean discontinuity;
  private final long discontinuitySequence;
  private final Instant pdt;
  private final long startTicks;
  private final long durationTicks;
  private final long mediaOffset;
  private final String[] inits;
  private final Form[] forms;
  private volatile String[] keys;

  /**
   * What the segment is in one rendition.
   *
   * @param gap whether there is no media
   * @param duration exact
   * @param bytes size; 0 for a gap
   * @param partBytes sizes of its parts in order
   */
  record Form(boolean gap, MediaDuration duration, long bytes, int[] partBytes) {
    long partOffset(int part) {
      long offset = 0;
      for (int i = 0; i < part; i++) {
        offset += partBytes[i];
      }
      return offset;
    }
  }

  /**
   * @param before the segment before it; null for the first
   */
  ClosedSegment(Fact.Open open, Fact.Close close, List<Rendition> ladder, ClosedSegment before) {
    this.msn = open.msn();
    this.discontinuity = open.discontinuity();
    this.discontinuitySequence = open.discontinuitySequence();
    this.pdt = open.pdt();
    this.startTicks = open.startTicks();
    this.durationTicks = close.durationTicks();
    this.mediaOffset = open.mediaOffset();
    this.forms = new Form[ladder.size()];
    String[] hashes = new String[ladder.size()];
    boolean same = before != null;
    for (int i = 0; i < forms.length; i++) {
      String name = ladder.get(i).name();
      forms[i] = form(close, name);
      hashes[i] = init(open.inits(), name, before == null ? null : before.inits[i]);
      same = same && hashes[i] != null && hashes[i].equals(before.inits[i]);
    }
    this.inits = same ? before.inits : hashes;
  }

  /**
   * A gap may come without an init: the one before goes on, players look at it and not at media.
   */
  private static String init(Map<String, String> inits, String rendition, String before) {
    return inits.getOrDefault(rendition, before);
  }

  private static Form form(Fact.Close close, String rendition) {
    Fact.SegmentRendition of = close.renditions().get(rendition);
    if (of == null) {
      of = Fact.SegmentRendition.gap("not in the close fact", close.durationTicks());
    }
    int[] partBytes = of.parts().stream().mapToInt(part -> (int) part.bytes()).toArray();
    return new Form(
        of.withoutMedia(),
        new MediaDuration(of.durationTicks(), of.timescale()),
        of.bytes(),
        partBytes);
  }

  /** Media sequence number. */
  public long msn() {
    return msn;
  }

  /** Whether a discontinuity stands before it. */
  public boolean discontinuity() {
    return discontinuity;
  }

  /** Discontinuities up to and with this segment. */
  public long discontinuitySequence() {
    return discontinuitySequence;
  }

  /** Wall-clock time of its first sample. */
  public Instant pdt() {
    return pdt;
  }

  /** Media time of its first sample, 90 kHz. */
  public long startTicks() {
    return startTicks;
  }

  /** Duration on the leading track, 90 kHz. */
  public long durationTicks() {
    return durationTicks;
  }

  long mediaOffset() {
    return mediaOffset;
  }

  Form form(int rendition) {
    return forms[rendition];
  }

  /** Hash of the init segment of a rendition; null where it never had one. */
  public String init(int rendition) {
    return inits[rendition];
  }

  /** Whether there is no media in a rendition. */
  public boolean gap(int rendition) {
    return forms[rendition].gap();
  }

  /** Exact duration in a rendition. */
  public MediaDuration duration(int rendition) {
    return forms[rendition].duration();
  }

  /** Whether all of it that is not a gap is in the object store. */
  public boolean stored() {
    if (keys != null) {
      return true;
    }
    for (Form form : forms) {
      if (!form.gap()) {
        return false;
      }
    }
    return true;
  }

  /** Object key in a rendition; null while it is not stored, and for a gap. */
  String key(int rendition) {
    String[] known = keys;
    return known == null ? null : known[rendition];
  }

  void store(Map<String, String> byRendition, List<Rendition> ladder) {
    String[] known = new String[ladder.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = byRendition.get(ladder.get(i).name());
    }
    keys = known;
  }
}
