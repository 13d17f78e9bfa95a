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
  private long receivedAtMs;

  PartCutter(long msn) {
    this.msn = msn;
  }

  int pendingFrames() {
    return pending.size();
  }

  void add(AccessUnit unit, long receivedAtMs) {
    pending.add(unit);
    this.receivedAtMs = receivedAtMs;
  }

  /** The pending frames as a part; null if there are none. */
  SegmentPart cut() {
    if (pending.isEmpty()) {
      return null;
    }
    int sequence = (int) ((msn * PARTS_PER_SEGMENT + parts + 1) & 0x7fffffff);
    byte[] payload = new Fragment(sequence, TRACK_ID, List.copyOf(pending)).write();
    long durationTicks = pending.stream().mapToLong(AccessUnit::durationTicks).sum();
    boolean independent = pending.stream().anyMatch(AccessUnit::sync);
    pending.clear();
    return new SegmentPart(parts++, payload, durationTicks, independent, receivedAtMs);
  }
}
