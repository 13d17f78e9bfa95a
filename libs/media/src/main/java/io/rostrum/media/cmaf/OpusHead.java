package io.rostrum.media.cmaf;

import io.rostrum.media.MalformedMediaException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The Opus configuration in its two forms: the identification header ({@code OpusHead}, RFC 7845
 * §5.1, little-endian), which decoders take, and the {@code dOps} box (Encapsulation of Opus in ISO
 * Base Media File Format §4.3.2, big-endian, version 0). Order and sizes of the fields are the
 * same.
 */
final class OpusHead {

  private static final byte[] MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);

  /** Version, channel count, pre-skip, input rate, gain, mapping family. */
  private static final int FIXED_LENGTH = 11;

  private OpusHead() {}

  /** Body of {@code dOps} for an identification header. */
  static byte[] toSpecificBox(byte[] head) {
    if (head.length < MAGIC.length + FIXED_LENGTH
        || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IllegalArgumentException(
          "An Opus configuration is an OpusHead of 19 bytes or more");
    }
    byte[] body = Arrays.copyOfRange(head, MAGIC.length, head.length);
    swapByteOrder(body);
    body[0] = 0;
    return body;
  }

  /** Identification header for the body of a {@code dOps}. */
  static byte[] ofSpecificBox(BoxReader dOps) throws MalformedMediaException {
    byte[] body = dOps.rest();
    if (body.length < FIXED_LENGTH || body[0] != 0 || body[1] == 0) {
      throw dOps.malformed("dOps is too short, of another version or without channels");
    }
    if (body[10] != 0 && body.length < FIXED_LENGTH + 2 + (body[1] & 0xFF)) {
      throw dOps.malformed("dOps ends within its channel mapping");
    }
    swapByteOrder(body);
    body[0] = 1;
    byte[] head = Arrays.copyOf(MAGIC, MAGIC.length + body.length);
    System.arraycopy(body, 0, head, MAGIC.length, body.length);
    return head;
  }

  static int channels(byte[] head) {
    return head[MAGIC.length + 1] & 0xFF;
  }

  private static void swapByteOrder(byte[] body) {
    swap(body, 2, 3); // pre-skip
    swap(body, 4, 7); // input sample rate
    swap(body, 5, 6);
    swap(body, 8, 9); // output gain
  }

  private static void swap(byte[] bytes, int a, int b) {
    byte kept = bytes[a];
    bytes[a] = bytes[b];
    bytes[b] = kept;
  }
}
