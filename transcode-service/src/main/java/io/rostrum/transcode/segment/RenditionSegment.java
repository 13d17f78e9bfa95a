package io.rostrum.transcode.segment;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.media.AccessUnit;
import io.rostrum.transcode.store.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One rendition of one segment while it is made. Parts appear one by one; then it is complete, or a
 * gap.
 */
public final class RenditionSegment {
  private final Rendition rendition;
  private final PartCutter cutter;
  private final int framesPerPart;
  private final List<SegmentPart> parts = new ArrayList<>();

  /** Of all parts so far: that of a whole segment is wanted when there is no time to spare. */
  private final MessageDigest digest = Sha256.digest();

  private String sha256;
  private String initHash;
  private String gap;
  private boolean complete;
  private int sent;

  /**
   * @param framesPerPart cut after so many frames; 0 to cut when no more fit into PART-TARGET
   */
  RenditionSegment(Rendition rendition, long msn, int framesPerPart) {
    this.rendition = rendition;
    this.cutter = new PartCutter(msn);
    this.framesPerPart = framesPerPart;
  }

  /** What it is a segment of. */
  public Rendition rendition() {
    return rendition;
  }

  /** Takes the next frame. */
  public void add(AccessUnit unit, long receivedAtMs) {
    if (complete) {
      throw new IllegalStateException("frame for a complete segment of " + rendition.name());
    }
    if (exceedsPartTarget(unit)) {
      cut();
    }
    cutter.add(unit, receivedAtMs);
    boolean full =
        framesPerPart > 0
            ? cutter.pendingFrames() == framesPerPart
            : exceedsPartTarget(unit); // one more like it: the part need not wait for that
    if (full) {
      cut();
    }
  }

  /**
   * A part is never longer than PART-TARGET, however long its frames are (RFC 8216bis-22 §4.4.4.9).
   */
  private boolean exceedsPartTarget(AccessUnit unit) {
    return cutter.pendingTicks() + unit.durationTicks() > partTargetTicks();
  }

  /**
   * Shows the last frame until {@code ticks}, so that players find no hole; at most until its part
   * is full.
   */
  void holdLastUntil(long ticks) {
    cutter.holdLastUntil(ticks, partTargetTicks());
  }

  private long partTargetTicks() {
    return (long) rendition.partTargetMs() * rendition.timescale() / 1000;
  }

  /** No more frames; without a single one it is a gap for {@code reasonIfEmpty}. */
  public void complete(String reasonIfEmpty) {
    cut();
    if (parts.isEmpty() && gap == null) {
      gap = reasonIfEmpty;
    }
    complete = true;
  }

  /** There is no media: what there was is dropped. */
  public void becomeGap(String reason) {
    parts.clear();
    gap = reason;
    complete = true;
  }

  /**
   * Drops all frames: they will be added again by another worker, the same bytes in the same parts.
   */
  RenditionSegment restarted(long msn) {
    RenditionSegment again = new RenditionSegment(rendition, msn, framesPerPart);
    again.sent = sent;
    again.initHash = initHash;
    return again;
  }

  /** Whether nothing more comes. */
  public boolean isComplete() {
    return complete;
  }

  /** Why there is no media; null where there is. */
  public String gap() {
    return gap;
  }

  /** The init segment its bytes go with; null until known. */
  public String initHash() {
    return initHash;
  }

  /** Sets the init segment its bytes go with. */
  public void initHash(String hash) {
    initHash = hash;
  }

  /** Parts that were not taken yet, each once. */
  public List<SegmentPart> takeUnsent() {
    if (sent >= parts.size()) {
      return List.of();
    }
    List<SegmentPart> unsent = List.copyOf(parts.subList(sent, parts.size()));
    sent = parts.size();
    return unsent;
  }

  /** What {@code close} says, once it is complete. */
  public Fact.SegmentRendition describe(long segmentTicks) {
    if (!complete) {
      throw new IllegalStateException("segment of " + rendition.name() + " is not complete");
    }
    if (gap != null) {
      return Fact.SegmentRendition.gap(gap, segmentTicks);
    }
    List<Fact.Part> list = new ArrayList<>();
    long durationTicks = 0;
    long bytes = 0;
    for (SegmentPart part : parts) {
      list.add(new Fact.Part(part.payload().length, part.durationTicks(), part.independent()));
      durationTicks += part.durationTicks();
      bytes += part.payload().length;
    }
    return new Fact.SegmentRendition(
        null, durationTicks, rendition.timescale(), bytes, sha256(), list);
  }

  /** The segment: exactly the concatenation of its parts. */
  public byte[] bytes() {
    byte[] bytes = new byte[parts.stream().mapToInt(part -> part.payload().length).sum()];
    int at = 0;
    for (SegmentPart part : parts) {
      System.arraycopy(part.payload(), 0, bytes, at, part.payload().length);
      at += part.payload().length;
    }
    return bytes;
  }

  /** Lets go of its bytes; only after everything was asked of it. */
  public void release() {
    parts.clear();
  }

  private void cut() {
    SegmentPart part = cutter.cut();
    if (part != null) {
      parts.add(part);
      digest.update(part.payload());
    }
  }

  private String sha256() {
    if (sha256 == null) {
      sha256 = HexFormat.of().formatHex(digest.digest());
    }
    return sha256;
  }
}
