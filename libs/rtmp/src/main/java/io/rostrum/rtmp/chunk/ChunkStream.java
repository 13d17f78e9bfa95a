package io.rostrum.rtmp.chunk;

import java.util.Arrays;

/** What a reader remembers of one chunk stream id between chunks. */
final class ChunkStream {

  // A declared length is only a claim: memory follows the bytes that really arrive.
  private static final int FIRST_ALLOCATION_BYTES = 64 * 1024;
  private static final byte[] NOTHING = new byte[0];

  final int id;

  long timestampMs;
  long deltaMs;
  int length;
  int typeId;
  int messageStreamId;

  /** Whether the last type 0, 1 or 2 header had an extended timestamp, and its value. */
  boolean extended;

  boolean extendedIsAbsolute;
  long extendedValue;

  boolean inMessage;
  int received;
  byte[] payload = NOTHING;

  ChunkStream(int id) {
    this.id = id;
  }

  /**
   * @return how many more bytes must be allocated before {@code bytes} more can be stored
   */
  int growthFor(int bytes) {
    int needed = received + bytes;
    return needed <= payload.length ? 0 : newCapacity(needed) - payload.length;
  }

  void grow(int bytes) {
    int needed = received + bytes;
    if (needed > payload.length) {
      payload = Arrays.copyOf(payload, newCapacity(needed));
    }
  }

  private int newCapacity(int needed) {
    long doubled = Math.max(FIRST_ALLOCATION_BYTES, 2L * payload.length);
    return (int) Math.min(length, Math.max(needed, doubled));
  }

  /** Gives the complete payload away and forgets it. */
  byte[] takePayload() {
    byte[] taken = payload.length == length ? payload : Arrays.copyOf(payload, length);
    reset();
    return taken;
  }

  /** Forgets a message that is being read; header fields stay. */
  void reset() {
    payload = NOTHING;
    received = 0;
    inMessage = false;
  }
}
