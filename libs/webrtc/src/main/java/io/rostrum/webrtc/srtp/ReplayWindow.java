package io.rostrum.webrtc.srtp;

/**
 * Which of the latest packet indexes have been seen, RFC 3711 §3.3.2. Wide enough for a repair that
 * comes half a second late at a thousand packets a second.
 */
final class ReplayWindow {

  static final int SIZE = 2048;

  private final long[] seen = new long[SIZE / 64];
  private long highest = -1;

  /** The highest index that was accepted; -1 before the first. */
  long highest() {
    return highest;
  }

  /** Whether a packet of this index may still be accepted. */
  boolean isNew(long index) {
    if (index > highest) {
      return true;
    }
    return index > highest - SIZE && (seen[word(index)] & 1L << index) == 0;
  }

  /** Remembers an index, once its packet has been authenticated. */
  void accept(long index) {
    if (index > highest) {
      // Forgets what the window moves over.
      long from = Math.max(highest + 1, index - SIZE + 1);
      for (long i = from; i <= index; i++) {
        seen[word(i)] &= ~(1L << i);
      }
      highest = index;
    }
    seen[word(index)] |= 1L << index;
  }

  private static int word(long index) {
    return (int) (index % SIZE / 64);
  }
}
