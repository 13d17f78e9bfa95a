package io.rostrum.webrtc.rtp;

import io.rostrum.webrtc.payload.Codec;

/**
 * A frame on the clock that the streams of a session share.
 *
 * @param timeUs in microseconds; differences between tracks are what the sender meant
 * @param key whether decoding can start here
 * @param data as {@link io.rostrum.webrtc.payload.CodedFrame} says; not copied
 */
public record MediaFrame(Codec codec, long timeUs, boolean key, byte[] data) {

  /** Timing and size; never the bytes. */
  @Override
  public String toString() {
    return "MediaFrame[%s, %d us, key=%s, %d bytes]".formatted(codec, timeUs, key, data.length);
  }
}
