package io.rostrum.transcode.segment;

/**
 * A coded picture on its way to the codec worker.
 *
 * @param ptsTicks presentation time on the broadcast's media clock, 90 kHz
 * @param dtsTicks decoding time, likewise
 * @param sync whether it is an IDR
 * @param receivedAtMs wall-clock time at which ingest had the last byte of its chunk, for latency
 *     figures only; 0 where unknown
 * @param data length-prefixed NAL units
 */
public record VideoSample(
    long ptsTicks, long dtsTicks, boolean sync, long receivedAtMs, byte[] data) {
  /** One of which nobody knows when it came. */
  public VideoSample(long ptsTicks, long dtsTicks, boolean sync, byte[] data) {
    this(ptsTicks, dtsTicks, sync, 0, data);
  }

  /** The same picture later. */
  VideoSample later(long ticks) {
    return new VideoSample(ptsTicks + ticks, dtsTicks + ticks, sync, receivedAtMs, data);
  }
}
