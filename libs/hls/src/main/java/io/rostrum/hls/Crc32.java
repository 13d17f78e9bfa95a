package io.rostrum.hls;

/**
 * The CRC-32 of two pieces of text from the CRC-32 of each, so that a playlist's gzip trailer (RFC
 * 1952 §2.3.1) does not cost a pass over the whole of it.
 *
 * <p>Appending n zero bytes to a message is a linear map over GF(2) on its CRC; the maps for powers
 * of two are squares of each other.
 */
final class Crc32 {
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int MAX_LENGTH_BITS = 40;
  private static final int[][] ZERO_BYTES = operators();

  private Crc32() {}

  static long of(byte[] bytes) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  /**
   * @param first of what comes first
   * @param second of what follows it
   * @param secondLength length of the latter in bytes
   */
  static long combine(long first, long second, long secondLength) {
    int crc = (int) first;
    long rest = secondLength;
    for (int i = 0; rest != 0; i++, rest >>>= 1) {
      if ((rest & 1) != 0) {
        crc = times(ZERO_BYTES[i], crc);
      }
    }
    return (crc ^ (int) second) & 0xffffffffL;
  }

  private static int[][] operators() {
    int[] oneBit = new int[32];
    oneBit[0] = POLYNOMIAL;
    for (int i = 1; i < 32; i++) {
      oneBit[i] = 1 << (i - 1);
    }
    int[][] byLengthBit = new int[MAX_LENGTH_BITS][];
    byLengthBit[0] = square(square(square(oneBit)));
    for (int i = 1; i < MAX_LENGTH_BITS; i++) {
      byLengthBit[i] = square(byLengthBit[i - 1]);
    }
    return byLengthBit;
  }

  private static int[] square(int[] matrix) {
    int[] result = new int[32];
    for (int i = 0; i < 32; i++) {
      result[i] = times(matrix, matrix[i]);
    }
    return result;
  }

  private static int times(int[] matrix, int vector) {
    int sum = 0;
    for (int i = 0; vector != 0; i++, vector >>>= 1) {
      if ((vector & 1) != 0) {
        sum ^= matrix[i];
      }
    }
    return sum;
  }
}
