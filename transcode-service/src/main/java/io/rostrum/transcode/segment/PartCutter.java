package io.rostrum.transcode.segment;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.cmaf.Fragment;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups the access units of one rendition of one segment into parts. A part is one {@code moof}
 * and its {@code mdat}.
 *
 * <p>Fragment numbers follow from the segment and the part, not from a counter, so that a segment
 * made again has the same bytes.
 */
final class PartCutter {
  private static final int TRACK_ID = 1;
  // mfhd's sequence number is 32 bits (ISO/IEC 14496-12:2022 §8.8.5) and only has to rise: 256
  // parts a segment are more
  // than 6 s hold, and it wraps after two years of one broadcast.
  private static final int PARTS_PER_SEGMENT = 256;

  private final long msn;
  private final List<AccessUnit> pending = new ArrayList<>();
  private int parts;
  private long pendingTicks;
  private long receivedAtMs;

  PartCutter(long msn) {
    this.msn = msn;
  }

  long pendingTicks() {
    return pendingTicks;
  }

  int pendingFrames() {
    return pending.size();
  }

  /**
   * Adds a frame. In a fragment each sample starts where the one before ends (trun has durations,
   * no times), so a hole is closed by a longer frame before it, and a frame that would overlap is
   * moved behind.
   */
  void add(AccessUnit unit, long receivedAtMs) {
    int last = pending.size() - 1;
    if (last < 0 || pending.get(last).endDecodeTimeTicks() == unit.decodeTimeTicks()) {
      append(unit);
    } else {
      AccessUnit before = pending.get(last);
      long durationTicks = unit.decodeTimeTicks() - before.decodeTimeTicks();
      if (durationTicks > 0 && durationTicks <= Integer.MAX_VALUE) {
        lastLasts((int) durationTicks);
        append(unit);
      } else {
        append(at(unit, before.endDecodeTimeTicks(), unit.durationTicks()));
      }
    }
    this.receivedAtMs = receivedAtMs;
  }

  /** Makes the last frame longer, until {@code ticks} or until the part has {@code maxTicks}. */
  void holdLastUntil(long ticks, long maxTicks) {
    if (!pending.isEmpty()) {
      AccessUnit last = pending.get(pending.size() - 1);
      long moreTicks =
          Math.min(
              ticks
                  - Math.max(last.presentationTimeTicks(), last.decodeTimeTicks())
                  - last.durationTicks(),
              maxTicks - pendingTicks);
      if (moreTicks > 0) {
        lastLasts((int) (last.durationTicks() + moreTicks));
      }
    }
  }

  private void append(AccessUnit unit) {
    pending.add(unit);
    pendingTicks += unit.durationTicks();
  }

  private void lastLasts(int durationTicks) {
    int last = pending.size() - 1;
    AccessUnit before = pending.get(last);
    pending.set(last, at(before, before.decodeTimeTicks(), durationTicks));
    pendingTicks += durationTicks - before.durationTicks();
  }

  private static AccessUnit at(AccessUnit unit, long decodeTimeTicks, int durationTicks) {
    long offsetTicks = unit.presentationTimeTicks() - decodeTimeTicks;
    return new AccessUnit(
        decodeTimeTicks, Math.toIntExact(offsetTicks), durationTicks, unit.sync(), unit.data());
  }

  /** The pending frames as a part; null if there are none. */
  SegmentPart cut() {
    if (pending.isEmpty()) {
      return null;
    }
    int sequence = (int) ((msn * PARTS_PER_SEGMENT + parts + 1) & 0x7fffffff);
    byte[] payload = new Fragment(sequence, TRACK_ID, List.copyOf(pending)).write();
    long durationTicks = pendingTicks;
    pendingTicks = 0;
    boolean independent = pending.stream().anyMatch(AccessUnit::sync);
    pending.clear();
    return new SegmentPart(parts++, payload, durationTicks, independent, receivedAtMs);
  }
}
