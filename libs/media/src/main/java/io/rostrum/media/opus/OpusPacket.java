package io.rostrum.media.opus;

import io.rostrum.media.MalformedMediaException;

/**
 * What the first bytes of an Opus packet tell: RFC 6716 §3.1 (table of contents byte) and §3.2
 * (frame packing).
 */
public final class OpusPacket {

  private static final String FORMAT = "Opus packet";

  /** §3.4, R5: no packet lasts longer than 120 ms. */
  private static final int MAX_DURATION_SAMPLES = 5_760;

  private OpusPacket() {}

  /**
   * Duration of a packet in samples at 48 kHz: number of frames times their size.
   *
   * @throws MalformedMediaException if the packet is empty, ends within its header, or would last
   *     longer than 120 ms
   */
  public static int durationSamples(byte[] packet) throws MalformedMediaException {
    if (packet.length == 0) {
      throw MalformedMediaException.malformed(FORMAT, "is empty", 0);
    }
    int toc = packet[0] & 0xFF;
    int frames = frames(packet, toc & 3);
    int duration = frames * frameSamples(toc >> 3);
    if (frames == 0 || duration > MAX_DURATION_SAMPLES) {
      throw MalformedMediaException.malformed(
          FORMAT, frames + " frames of " + frameSamples(toc >> 3) + " samples", 1);
    }
    return duration;
  }

  private static int frames(byte[] packet, int code) throws MalformedMediaException {
    if (code == 0) {
      return 1;
    }
    if (code < 3) {
      return 2;
    }
    if (packet.length < 2) {
      throw MalformedMediaException.malformed(FORMAT, "ends before its frame count", 1);
    }
    return packet[1] & 0x3F;
  }

  /** Table 2: SILK-only 10 to 60 ms, hybrid 10 or 20 ms, CELT-only 2.5 to 20 ms. */
  private static int frameSamples(int config) {
    if (config < 12) {
      int[] silk = {480, 960, 1920, 2880};
      return silk[config & 3];
    }
    if (config < 16) {
      return (config & 1) == 0 ? 480 : 960;
    }
    return 120 << (config & 3);
  }
}
