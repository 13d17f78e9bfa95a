package io.rostrum.media;

import java.util.Objects;

/**
 * One coded picture or one audio frame, on its track's clock.
 *
 * <p>The bytes are <b>not copied</b>, see {@link CodedBytes}: access units are the bulk of all
 * bytes that pass through ingest.
 *
 * @param decodeTimeTicks decode time in the track's timescale; may be negative until it is put on
 *     the broadcast's media clock
 * @param compositionOffsetTicks presentation minus decode time; negative where decode time is
 *     counted from the first presentation time (CMAF without edit lists)
 * @param durationTicks decode duration, at least 0
 * @param sync whether decoding can start here: an IDR picture; every frame of audio
 * @param coded the coded bytes. H.264 and HEVC: NAL units, each behind its four-byte length. AAC:
 *     one raw_data_block, without ADTS header
 */
public record AccessUnit(
    long decodeTimeTicks,
    int compositionOffsetTicks,
    int durationTicks,
    boolean sync,
    CodedBytes coded) {

  public AccessUnit {
    Objects.requireNonNull(coded, "coded");
    if (durationTicks < 0) {
      throw new IllegalArgumentException("Negative duration of an access unit: " + durationTicks);
    }
  }

  /** One whose bytes are a whole array. */
  public AccessUnit(
      long decodeTimeTicks,
      int compositionOffsetTicks,
      int durationTicks,
      boolean sync,
      byte[] data) {
    this(decodeTimeTicks, compositionOffsetTicks, durationTicks, sync, CodedBytes.of(data));
  }

  /** The coded bytes in an array of their own, which must not be written to. */
  public byte[] data() {
    return coded.toByteArray();
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
        Math.addExact(decodeTimeTicks, ticks), compositionOffsetTicks, durationTicks, sync, coded);
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
        coded);
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
        + coded
        + "]";
  }
}
