package io.rostrum.webrtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.webrtc.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpWriterTest {

  private static final long MS = 1_000_000;

  @Test
  void nack_gathersSixteenNumbersBehindTheFirst_alsoAcrossTheWrap() {
    byte[] packet = new RtcpWriter(1).nack(7, List.of(65_535, 0, 15, 16)).toByteArray();

    assertThat(Hex.text(packet))
        .isEqualTo("81cd0004" + "00000001" + "00000007" + "ffff8001" + "00100000");
  }

  @Test
  void compound_isReadBack() throws Exception {
    byte[] compound =
        new RtcpWriter(1)
            .receiverReport(List.of(new ReportBlock(7, 25, -1, 70_000, 5, 6, 7)))
            .sourceDescription("rostrum")
            .pictureLoss(7)
            .goodbye()
            .toByteArray();

    assertThat(compound.length % 4).isZero();
    assertThat(RtcpReader.read(compound))
        .containsExactly(
            new RtcpPacket.Other(201, 1),
            new RtcpPacket.Other(202, 1),
            new RtcpPacket.Other(206, 1),
            new RtcpPacket.Goodbye(List.of(1)));
    assertThat(Hex.text(compound)).contains("0000000719ffffff0001117000000005");
  }

  @Test
  void senderReport_isRead() throws Exception {
    assertThat(
            RtcpReader.read(
                Hex.bytes("80C80006 00000007 83AA7E80 80000000 00015F90 00000010 FFFFFFFF")))
        .containsExactly(
            new RtcpPacket.SenderReport(7, 0x83AA7E80_80000000L, 90_000, 16, 0xFFFF_FFFFL));
  }

  /** Three packets 10 ms apart, then a hole of two, then one more. */
  @Test
  void transportFeedback_tellsArrivalsAndHoles() {
    TransportFeedback feedback = new TransportFeedback(0);
    feedback.received(65_534, 64 * MS);
    feedback.received(65_535, 74 * MS);
    feedback.received(0, 84 * MS);
    feedback.received(3, 85 * MS);

    // Base 65534, six packets, reference 1 * 64 ms, first feedback; a vector 1 1 1 0 0 1 and deltas
    // of 0, 40, 40 and 4 quarters of a millisecond.
    assertThat(Hex.text(feedback.next().orElseThrow()))
        .isEqualTo("fffe0006" + "00000100" + "d504" + "00282804" + "0000");
    assertThat(feedback.next()).isEmpty();
  }

  @Test
  void transportFeedback_runOfEqualPackets_isOneChunk_andGoesOnWhereTheLastEnded() {
    TransportFeedback feedback = new TransportFeedback(0);
    for (int i = 0; i < 20; i++) {
      feedback.received(100 + i, i * MS);
    }
    assertThat(Hex.text(feedback.next().orElseThrow()))
        .startsWith("00640014" + "00000000" + "2014");
    feedback.received(121, 200 * MS);

    // 120 is missing: it is told about with the next.
    assertThat(Hex.text(feedback.next().orElseThrow())).startsWith("00780002" + "00000301");
  }
}
