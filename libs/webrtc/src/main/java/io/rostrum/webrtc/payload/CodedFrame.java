package io.rostrum.webrtc.payload;

/**
 * One coded picture or one audio frame, out of its packets.
 *
 * @param timestamp RTP timestamp, modulo 2^32
 * @param key whether decoding can start here; every frame of audio
 * @param data not copied. H.264: NAL units, each behind its four-byte length, parameter sets in
 *     front of each IDR; AV1: OBUs with their sizes, without temporal delimiters; else as the codec
 *     writes it
 */
public record CodedFrame(int timestamp, boolean key, byte[] data) {

  /** Timing and size; never the bytes. */
  @Override
  public String toString() {
    return "CodedFrame[timestamp=%d, key=%s, %d bytes]".formatted(timestamp, key, data.length);
  }
}
