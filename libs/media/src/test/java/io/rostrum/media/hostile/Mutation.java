package io.rostrum.media.hostile;

import java.util.Arrays;
import java.util.Random;

/** Bytes with one to four mistakes of the kinds that break readers. */
final class Mutation {

  private static final int[] EDGES = {0, 1, 2, 3, 0x7F, 0x80, 0xFE, 0xFF};

  private Mutation() {}

  static byte[] of(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    if (bytes.length < 5) {
      return Arrays.copyOf(bytes, bytes.length + random.nextInt(3));
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] = (byte) EDGES[random.nextInt(EDGES.length)];
      case 3 -> {
        // A whole 32-bit field becomes something at the edge of its range.
        int field = Math.min(at, bytes.length - 4);
        int value = random.nextBoolean() ? 0 : random.nextBoolean() ? 0xFF : 0x7F;
        Arrays.fill(bytes, field, field + 4, (byte) value);
        bytes[field + random.nextInt(4)] = (byte) EDGES[random.nextInt(EDGES.length)];
      }
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 5 -> {
        // A stretch appears twice.
        int length = 1 + random.nextInt(Math.min(32, bytes.length - at));
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        return longer;
      }
      default -> {
        // A stretch is missing.
        int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
        return shorter;
      }
    }
    return bytes;
  }
}
