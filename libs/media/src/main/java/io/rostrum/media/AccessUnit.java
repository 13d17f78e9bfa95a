package io.rostrum.media;

import java.util.Arrays;
import java.util.Objects;

/**
 * One coded picture or one audio frame, on its track's clock.
 *
 * <p>The array is <b>not copied</b>: whoever creates the record gives the array away and must not
 * write to it again, and readers must not write to it either. Access units are the bulk of all
 * bytes that pass through ingest.
 *
 * @param decodeTimeTicks decode time in the track's timescale; may be negative until it is put on
 *     the broadcast's media clock
 * @param compositionOffsetTicks presentation minus decode time; negative where decode time is
 *     counted from the first presentation time (CMAF without edit lists)
 * @param durationTicks decode duration, at least 0
 * @param sync whether decoding can start here: an IDR picture; every frame of audio
 * @param data the coded bytes, at least one. H.264 and HEVC: NAL units, each behind its four-byte
 *     length. AAC: one raw_data_block, without ADTS header
 */
public record AccessUnit(
    long decodeTimeTicks,
    int compositionOffsetTicks,
    int durationTicks,
    boolean sync,
    byte[] data) {

  public AccessUnit {
    Objects.requireNonNull(data, "data");
    if (data.length == 0) {
      throw new IllegalArgumentException("An access unit holds at least one byte");
    }
    if (durationTicks < 0) {
      throw new IllegalArgumentException("Negative duration of an access unit: " + durationTicks);
    }
  }

  /** Presentation time in the track's timescale. */
  public long presentationTimeTicks() {
    return decodeTimeTicks + compositionOffsetTicks;
  }

  /** Decode time of whatever follows without a gap. */
  public long endDecodeTimeTicks() {
    return decodeTimeTicks + durationTicks;
  }

  /** The same frame later (or earlier) on the clock; shares the bytes. */
  public AccessUnit movedBy(long ticks) {
    return new AccessUnit(
        Math.addExact(decodeTimeTicks, ticks), compositionOffsetTicks, durationTicks, sync, data);
  }

  /**
   * The same presentation time with another decode time; shares the bytes. Delaying all decode
   * times of a publication by its first composition offset makes decode time start at the first
   * presentation time, which is the form CMAF wants without edit lists.
   */
  public AccessUnit decodedLaterBy(int ticks) {
    return new AccessUnit(
        Math.addExact(decodeTimeTicks, (long) ticks),
        Math.subtractExact(compositionOffsetTicks, ticks),
        durationTicks,
        sync,
        data);
  }

  /** Compares the bytes, not the identity of the array. */
  @Override
  public boolean equals(Object other) {
    return other instanceof AccessUnit that
        && decodeTimeTicks == that.decodeTimeTicks
        && compositionOffsetTicks == that.compositionOffsetTicks
        && durationTicks == that.durationTicks
        && sync == that.sync
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(decodeTimeTicks, compositionOffsetTicks, durationTicks, sync)
        + Arrays.hashCode(data);
  }

  /** Timing and size; never the bytes. */
  @Override
  public String toString() {
    return "AccessUnit[dts="
        + decodeTimeTicks
        + ", cto="
        + compositionOffsetTicks
        + ", duration="
        + durationTicks
        + (sync ? ", sync, " : ", ")
        + data.length
        + " bytes]";
  }
}
