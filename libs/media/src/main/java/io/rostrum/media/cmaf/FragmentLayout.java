package io.rostrum.media.cmaf;

import io.rostrum.media.AccessUnit;
import java.util.List;

/**
 * Which fields a fragment spells out per sample and which it states once, and so its exact size
 * before a byte is written.
 *
 * @param tfhdFlags flags of {@code tfhd}
 * @param trunFlags flags of {@code trun}
 * @param moofLength size of {@code moof} in bytes
 * @param dataLength bytes of all samples
 */
record FragmentLayout(int tfhdFlags, int trunFlags, int moofLength, int dataLength) {

  static final int MDAT_HEADER_LENGTH = 8;

  private static final int MOOF_HEADER = 8;
  private static final int MFHD = 16;
  private static final int TRAF_HEADER = 8;
  private static final int TFHD = 16;
  private static final int TFDT = 20;
  private static final int TRUN = 16;

  static FragmentLayout of(List<AccessUnit> samples) {
    AccessUnit first = samples.get(0);
    boolean sameDuration = true;
    boolean sameSize = true;
    boolean noOffsets = true;
    boolean sameSync = true;
    boolean sameSyncAfterFirst = true;
    boolean secondSync = samples.size() > 1 && samples.get(1).sync();
    long dataLength = 0;
    for (int i = 0; i < samples.size(); i++) {
      AccessUnit sample = samples.get(i);
      sameDuration &= sample.durationTicks() == first.durationTicks();
      sameSize &= sample.coded().length() == first.coded().length();
      noOffsets &= sample.compositionOffsetTicks() == 0;
      sameSync &= sample.sync() == first.sync();
      sameSyncAfterFirst &= i == 0 || sample.sync() == secondSync;
      dataLength += sample.coded().length();
    }
    // CMAF brand cmf2: whatever is not per sample stands in tfhd, never in trex.
    int tfhd = TrackRunFlags.TFHD_DEFAULT_BASE_IS_MOOF;
    int trun = TrackRunFlags.TRUN_DATA_OFFSET;
    if (sameDuration) {
      tfhd |= TrackRunFlags.TFHD_DEFAULT_DURATION;
    } else {
      trun |= TrackRunFlags.TRUN_DURATION;
    }
    if (sameSize) {
      tfhd |= TrackRunFlags.TFHD_DEFAULT_SIZE;
    } else {
      trun |= TrackRunFlags.TRUN_SIZE;
    }
    if (sameSync) {
      tfhd |= TrackRunFlags.TFHD_DEFAULT_FLAGS;
    } else if (sameSyncAfterFirst) {
      tfhd |= TrackRunFlags.TFHD_DEFAULT_FLAGS;
      trun |= TrackRunFlags.TRUN_FIRST_FLAGS;
    } else {
      trun |= TrackRunFlags.TRUN_FLAGS;
    }
    if (!noOffsets) {
      trun |= TrackRunFlags.TRUN_COMPOSITION_OFFSET;
    }
    long moofLength =
        MOOF_HEADER
            + MFHD
            + TRAF_HEADER
            + TFHD
            + 4 * Integer.bitCount(tfhd & ~TrackRunFlags.TFHD_DEFAULT_BASE_IS_MOOF)
            + TFDT
            + TRUN
            + 4L * Integer.bitCount(trun & 0xFF)
            + 4L * Integer.bitCount(trun & 0xF00) * samples.size();
    if (moofLength + MDAT_HEADER_LENGTH + dataLength > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("Fragment of " + dataLength + " bytes of media");
    }
    return new FragmentLayout(tfhd, trun, (int) moofLength, (int) dataLength);
  }

  int totalLength() {
    return moofLength + MDAT_HEADER_LENGTH + dataLength;
  }

  boolean tfhdHas(int flag) {
    return (tfhdFlags & flag) != 0;
  }

  boolean trunHas(int flag) {
    return (trunFlags & flag) != 0;
  }
}
