package io.rostrum.webrtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.webrtc.payload.Packets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {

  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(400);
  private final List<String> out = new ArrayList<>();
  private final ReorderBuffer buffer =
      new ReorderBuffer(
          new ReorderBuffer.Output() {
            @Override
            public void packet(RtpPacket packet) {
              out.add("" + packet.sequence());
            }

            @Override
            public boolean begins(RtpPacket packet) {
              return packet.payload()[0] == 1;
            }

            @Override
            public void lost(int packets) {
              out.add("lost " + packets);
            }
          },
          PATIENCE);

  private static long ms(long milliseconds) {
    return TimeUnit.MILLISECONDS.toNanos(milliseconds);
  }

  private void add(int sequence, long atMs) {
    buffer.add(Packets.of(sequence, 0, false, new byte[] {1}), ms(atMs));
  }

  private void addInside(int sequence, long atMs) {
    buffer.add(Packets.of(sequence, 0, false, new byte[] {0}), ms(atMs));
  }

  @Test
  void firstPacket_overtakenByOthers_isNotLost() {
    addInside(2, 0);
    addInside(1, 5);
    assertThat(out).isEmpty();

    add(0, 20);

    assertThat(out).containsExactly("0", "1", "2");
    assertThat(buffer.duplicates()).isZero();
  }

  @Test
  void firstPacket_lost_isAskedFor() {
    addInside(7, 0);
    addInside(8, 1);
    assertThat(buffer.nacks(ms(11))).containsExactly(6);

    add(6, 30);

    assertThat(out).containsExactly("6", "7", "8");
    assertThat(buffer.nacks(ms(500))).isEmpty();
  }

  @Test
  void beginningOfTheFirstFrame_isNotWaitedForLong() {
    addInside(7, 0);
    buffer.release(ms(199));
    assertThat(out).isEmpty();

    buffer.release(ms(200));

    assertThat(out).containsExactly("7");
    assertThat(buffer.nacks(ms(300))).isEmpty();
  }

  @Test
  void swappedPackets_comeOutInOrder_alsoAcrossTheWrap() {
    add(65_534, 0);
    add(0, 1);
    add(65_535, 2);
    add(1, 3);

    assertThat(out).containsExactly("65534", "65535", "0", "1");
    assertThat(buffer.lostPackets()).isZero();
  }

  @Test
  void missingPacket_isAskedForAfter10Ms_thenEach50() {
    add(1, 0);
    add(4, 1);

    assertThat(buffer.nacks(ms(5))).isEmpty();
    assertThat(buffer.nacks(ms(11))).containsExactly(2, 3);
    assertThat(buffer.nacks(ms(30))).isEmpty();
    assertThat(buffer.nacks(ms(61))).containsExactly(2, 3);
  }

  @Test
  void repairedPacket_isCounted_andTellsTheRoundTrip() {
    add(1, 0);
    add(3, 0);
    buffer.nacks(ms(10));
    add(2, 40);

    assertThat(out).containsExactly("1", "2", "3");
    assertThat(buffer.repairedPackets()).isEqualTo(1);
    assertThat(buffer.repairNanos()).isEqualTo(ms(30));
  }

  @Test
  void missingPacket_isGivenUpAfterPatience() {
    add(1, 0);
    add(3, 0);
    buffer.release(ms(399));
    assertThat(out).containsExactly("1");

    buffer.release(ms(400));

    assertThat(out).containsExactly("1", "lost 1", "3");
    add(2, 401);
    assertThat(buffer.duplicates()).isEqualTo(1);
    assertThat(buffer.nacks(ms(900))).isEmpty();
  }

  @Test
  void duplicates_comeOutOnce() {
    add(1, 0);
    add(1, 0);
    add(3, 0);
    add(3, 0);
    add(2, 0);

    assertThat(out).containsExactly("1", "2", "3");
    assertThat(buffer.duplicates()).isEqualTo(2);
  }

  @Test
  void largeStep_beginsAnew() {
    add(1, 0);
    add(30_000, 0);
    add(30_001, 0);

    assertThat(out).containsExactly("1", "lost 0", "30000", "30001");
  }

  @Test
  void flood_ofHoles_isBounded() {
    for (int i = 0; i < 200_000; i += 2) {
      add(i & 0xFFFF, 0);
      assertThat(buffer.heldPackets()).isLessThan(2_100);
    }
  }

  @Test
  void shuffledWindows_allComeOutInOrder() {
    Random random = new Random(5);
    List<Integer> window = new ArrayList<>();
    add(0, 0);
    for (int i = 1; i < 5_000; i++) {
      window.add(i);
      if (window.size() == 20) {
        Collections.shuffle(window, random);
        int now = i;
        window.forEach(sequence -> add(sequence, now));
        window.clear();
      }
    }

    assertThat(out.subList(0, 4_980))
        .isEqualTo(java.util.stream.IntStream.range(0, 4_980).mapToObj(i -> "" + i).toList());
  }
}
