package io.rostrum.webrtc.rtp;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Puts the packets of one stream back in order, asks for the missing ones, and gives them up when
 * they have been waited for long enough. Times are {@link System#nanoTime} values. Belongs to the
 * session's thread.
 */
final class ReorderBuffer {

  /** Where packets go, in order. */
  interface Output {
    void packet(RtpPacket packet);

    /** Whether a packet is certainly the first of its frame. */
    boolean begins(RtpPacket packet);

    /** What follows does not continue what was before. */
    void lost(int packets);
  }

  private static final long FIRST_NACK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long NEXT_NACK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int MAX_HELD_PACKETS = 2048;
  private static final long MAX_HELD_BYTES = 3 << 20;
  private static final int MAX_MISSING = 512;
  // How long to look for the beginning of the first frame, and how far back.
  private static final long START_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int MAX_BEFORE_FIRST = 64;
  // A step this large is no loss: the sender has begun anew.
  private static final int MAX_STEP = 3000;
  // Counted from here, so that no packet in front of the first has a negative number.
  private static final long FIRST_CYCLE = 1L << 32;

  private static final class Missing {
    private final long sinceNanos;
    private long nackedNanos;
    private int nacks;

    Missing(long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }
  }

  private final Output output;
  private final long patienceNanos;
  private final Unwrapper sequences = new Unwrapper(16);
  private final NavigableMap<Long, RtpPacket> held = new TreeMap<>();
  private final NavigableMap<Long, Missing> missing = new TreeMap<>();
  private long heldBytes;
  private long next = -1;
  private long highest = -1;
  // Nothing has been handed on: what came first need not be what was sent first.
  private boolean starting;
  private long startNanos;
  private long duplicates;
  private long lostPackets;
  private long repairedPackets;
  private long repairNanos;

  /**
   * @param patienceNanos how long a missing packet is waited for
   */
  ReorderBuffer(Output output, long patienceNanos) {
    this.output = output;
    this.patienceNanos = patienceNanos;
  }

  /**
   * Takes a packet as it came.
   *
   * @return whether it is new
   */
  boolean add(RtpPacket packet, long nowNanos) {
    long sequence = FIRST_CYCLE + sequences.peek(packet.sequence());
    if (next >= 0 && Math.abs(sequence - highest) > MAX_STEP) {
      restart();
    }
    if (next < 0) {
      next = sequence;
      highest = sequence - 1;
      starting = true;
      startNanos = nowNanos;
    }
    if (starting && sequence < next && next - sequence <= MAX_BEFORE_FIRST) {
      for (long s = sequence; s < next; s++) {
        missing.putIfAbsent(s, new Missing(nowNanos));
      }
      next = sequence;
    }
    if (sequence < next || held.containsKey(sequence)) {
      duplicates++;
      return false;
    }
    if (sequence > highest) {
      sequences.unwrap(packet.sequence());
      for (long s = highest + 1; s < sequence; s++) {
        missing.put(s, new Missing(nowNanos));
      }
      highest = sequence;
    } else {
      repaired(missing.remove(sequence), nowNanos);
    }
    held.put(sequence, packet);
    heldBytes += packet.bytes().length;
    release(nowNanos);
    return true;
  }

  private void repaired(Missing found, long nowNanos) {
    if (found != null && found.nacks == 1) {
      repairedPackets++;
      // Only a packet that was asked for once tells how long an answer takes.
      long took = nowNanos - found.nackedNanos;
      repairNanos = repairNanos == 0 ? took : repairNanos + (took - repairNanos) / 8;
    } else if (found != null && found.nacks > 1) {
      repairedPackets++;
    }
  }

  /** Hands on what is in order, and gives up what has been waited for long enough. */
  void release(long nowNanos) {
    if (starting && !hasBegun(nowNanos)) {
      return;
    }
    while (!held.isEmpty()) {
      long first = held.firstKey();
      if (first > next) {
        Missing oldest = missing.get(next);
        boolean full =
            held.size() > MAX_HELD_PACKETS
                || heldBytes > MAX_HELD_BYTES
                || missing.size() > MAX_MISSING;
        if (!full && oldest != null && nowNanos - oldest.sinceNanos < patienceNanos) {
          return;
        }
        int given = (int) (first - next);
        missing.headMap(first).clear();
        lostPackets += given;
        next = first;
        output.lost(given);
      }
      RtpPacket packet = held.remove(first);
      heldBytes -= packet.bytes().length;
      next = first + 1;
      output.packet(packet);
    }
  }

  /**
   * The first packet to come may have overtaken the first that was sent, or that is lost: without
   * it the first key frame, which is the one that everybody waits for, would be good for nothing.
   */
  private boolean hasBegun(long nowNanos) {
    if (held.isEmpty()) {
      return false;
    }
    if (!output.begins(held.firstEntry().getValue())
        && nowNanos - startNanos < START_PATIENCE_NANOS
        && held.size() <= MAX_HELD_PACKETS) {
      missing.putIfAbsent(next - 1, new Missing(nowNanos));
      return false;
    }
    starting = false;
    missing.headMap(next).clear();
    return true;
  }

  private void restart() {
    held.clear();
    missing.clear();
    heldBytes = 0;
    next = -1;
    starting = false;
    output.lost(0);
  }

  /** Sequence numbers to ask for now: after 10 ms, then every 50 ms. */
  List<Integer> nacks(long nowNanos) {
    List<Integer> due = new ArrayList<>();
    missing.forEach(
        (sequence, gap) -> {
          long wait = gap.nacks == 0 ? FIRST_NACK_NANOS : NEXT_NACK_NANOS;
          if (nowNanos - (gap.nacks == 0 ? gap.sinceNanos : gap.nackedNanos) >= wait) {
            gap.nacks++;
            gap.nackedNanos = nowNanos;
            due.add((int) (sequence & 0xFFFF));
          }
        });
    return due;
  }

  long duplicates() {
    return duplicates;
  }

  /** Packets that never came in time. */
  long lostPackets() {
    return lostPackets;
  }

  /** Packets that came because they were asked for. */
  long repairedPackets() {
    return repairedPackets;
  }

  /** Smoothed time from asking to getting, which is a round trip; 0 while unknown. */
  long repairNanos() {
    return repairNanos;
  }

  int heldPackets() {
    return held.size();
  }
}
