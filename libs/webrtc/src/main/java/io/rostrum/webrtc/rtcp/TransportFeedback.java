package io.rostrum.webrtc.rtcp;

import io.rostrum.webrtc.rtp.Unwrapper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * When each packet of a transport came in: what lets a sender find out how much the way bears.
 * draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1. Belongs to the session's thread.
 *
 * <pre>
 *  |      base sequence number     |      packet status count      |
 *  |                 reference time                | fb pkt. count |
 *  |          packet chunk         |  ...          | recv delta ...
 * </pre>
 */
public final class TransportFeedback {

  private static final int MAX_PACKETS = 1000;
  private static final long DELTA_NANOS = 250_000;
  private static final long REFERENCE_NANOS = 64_000_000;
  private static final int MAX_VECTOR = 7;
  private static final int NOT_RECEIVED = 0;
  private static final int SMALL_DELTA = 1;
  private static final int LARGE_DELTA = 2;

  private final NavigableMap<Long, Long> arrivals = new TreeMap<>();
  private final Unwrapper sequences = new Unwrapper(16);
  private final long startNanos;
  private long next = Long.MIN_VALUE;
  private int count;

  public TransportFeedback(long startNanos) {
    this.startNanos = startNanos;
  }

  /**
   * @param sequence of the transport, modulo 2^16
   */
  public void received(int sequence, long nowNanos) {
    long unwrapped = sequences.unwrap(sequence);
    arrivals.putIfAbsent(unwrapped, nowNanos);
    if (arrivals.size() > MAX_PACKETS) {
      arrivals.pollFirstEntry();
    }
  }

  /** Feedback on all that came since the last; empty where nothing did. */
  public Optional<byte[]> next() {
    if (arrivals.isEmpty()) {
      return Optional.empty();
    }
    long first = arrivals.firstKey();
    // Packets that are missing since the last feedback are part of this one, unless it would be
    // too long. Late ones are told about once more.
    long base =
        next == Long.MIN_VALUE || first < next ? first : Math.max(next, first - MAX_PACKETS);
    long last = Math.min(arrivals.lastKey(), base + MAX_PACKETS - 1);
    long reference = Math.floorDiv(arrivals.firstEntry().getValue() - startNanos, REFERENCE_NANOS);
    long clock = startNanos + reference * REFERENCE_NANOS;
    int packets = (int) (last - base + 1);
    int[] symbols = new int[packets];
    ByteArrayOutputStream deltas = new ByteArrayOutputStream();
    for (int i = 0; i < packets; i++) {
      Long arrival = arrivals.get(base + i);
      if (arrival == null) {
        continue;
      }
      long delta = Math.round((double) (arrival - clock) / DELTA_NANOS);
      clock += delta * DELTA_NANOS;
      if (delta >= 0 && delta <= 255) {
        symbols[i] = SMALL_DELTA;
        deltas.write((int) delta);
      } else if (delta == (short) delta) {
        symbols[i] = LARGE_DELTA;
        deltas.write((int) (delta >> 8));
        deltas.write((int) delta);
      } else {
        // §3.1.5: too far apart for one feedback; the next begins here.
        packets = i;
        last = base + i - 1;
        clock -= delta * DELTA_NANOS;
      }
    }
    arrivals.headMap(last + 1).clear();
    next = last + 1;
    return Optional.of(write(base, reference, symbols, packets, deltas.toByteArray()));
  }

  private byte[] write(long base, long reference, int[] symbols, int packets, byte[] deltas) {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    int i = 0;
    while (i < packets) {
      int run = 1;
      while (i + run < packets && symbols[i + run] == symbols[i] && run < 0x1FFF) {
        run++;
      }
      int chunk;
      if (run >= MAX_VECTOR || i + run == packets) {
        chunk = symbols[i] << 13 | run; // §3.1.3: run length
        i += run;
      } else {
        chunk = 0xC000; // §3.1.4: status vector of two-bit symbols
        for (int v = 0; v < MAX_VECTOR; v++) {
          int symbol = i + v < packets ? symbols[i + v] : NOT_RECEIVED;
          chunk |= symbol << 2 * (MAX_VECTOR - 1 - v);
        }
        i += MAX_VECTOR;
      }
      chunks.write(chunk >> 8);
      chunks.write(chunk);
    }
    int length = 8 + chunks.size() + deltas.length;
    return ByteBuffer.allocate(length + 3 & ~3)
        .putShort((short) base)
        .putShort((short) packets)
        .putInt((int) reference << 8 | count++ & 0xFF)
        .put(chunks.toByteArray())
        .put(deltas)
        .array();
  }

  /** How long to wait between two. */
  public static long intervalNanos() {
    return TimeUnit.MILLISECONDS.toNanos(80);
  }
}
