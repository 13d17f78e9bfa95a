package io.rostrum.webrtc.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.webrtc.Hex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DepacketizerTest {

  private final List<CodedFrame> frames = new ArrayList<>();

  private static void feed(Depacketizer to, int[] sequence, long timestamp, String... payloads) {
    for (int i = 0; i < payloads.length; i++) {
      boolean last = i == payloads.length - 1;
      to.receive(Packets.of(sequence[0]++, timestamp, last, Hex.bytes(payloads[i])));
    }
  }

  private String only() {
    assertThat(frames).hasSize(1);
    return Hex.text(frames.get(0).data());
  }

  /** One key frame of each codec, in one packet and in several. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    // codec, packets, frame
    "H264, 6742C01E | 68CE3C80 | 6588AA, 000000046742C01E 0000000468CE3C80 000000036588AA",
    "H264, 78 0004 6742C01E 0004 68CE3C80 0003 6588AA, 000000046742C01E 0000000468CE3C80 000000036588AA",
    "H264, 6742C01E | 7C85AA | 7C05BB | 7C45CC, 000000046742C01E 0000000465AABBCC",
    "VP8, 10 50AABB, 50AABB",
    "VP8, 90 80 8123 50AA | 80 80 8123 BB, 50AABB",
    "VP8, 90 E0 05 07 20 50AA, 50AA",
    "VP9, 0C 82498342, 82498342",
    "VP9, 8A 8123 08 01 04 01 8249 | 84 8123 8342, 82498342",
    "AV1, 18 0A0B00, 0A0B00",
    "AV1, 18 0800AA, 0A0200AA",
    "AV1, 28 02 08AA 32BB, 0A01AA 32BB",
    "AV1, 58 08AA | 90 BB, 0A02AABB"
  })
  void keyFrame_isPutTogether(Codec codec, String packets, String frame) {
    Depacketizer depacketizer = codec.depacketizer(frames::add);

    feed(depacketizer, new int[] {1}, 90_000, packets.split("\\|"));

    assertThat(only()).isEqualTo(frame.replace(" ", "").toLowerCase(java.util.Locale.ROOT));
    assertThat(frames.get(0).key()).isTrue();
    assertThat(depacketizer.needsKey()).isFalse();
  }

  @Test
  void idrWithoutParameterSets_getsThoseSeenBefore() {
    Depacketizer depacketizer = Codec.H264.depacketizer(frames::add);
    ((H264Depacketizer) depacketizer)
        .parameterSets(List.of(Hex.bytes("6742C01E"), Hex.bytes("68CE3C80")));

    feed(depacketizer, new int[] {1}, 90_000, "6588AA");

    assertThat(only()).isEqualTo("000000046742c01e0000000468ce3c80000000036588aa");
  }

  @Test
  void loss_inAFrame_dropsAllUpToAWholeKeyFrame() {
    Depacketizer depacketizer = Codec.VP8.depacketizer(frames::add);
    int[] at = {1};
    feed(depacketizer, at, 1, "1050AA");
    depacketizer.receive(Packets.of(at[0]++, 2, false, Hex.bytes("1051AA")));
    depacketizer.lost();
    assertThat(depacketizer.needsKey()).isTrue();
    depacketizer.receive(Packets.of(at[0]++, 2, true, Hex.bytes("00BB")));
    feed(depacketizer, at, 3, "1051CC");
    assertThat(frames).hasSize(1);

    feed(depacketizer, at, 4, "1050DD");
    feed(depacketizer, at, 5, "1051EE");

    assertThat(frames).extracting(f -> Hex.text(f.data())).containsExactly("50aa", "50dd", "51ee");
    assertThat(depacketizer.droppedFrames()).isEqualTo(3);
  }

  @Test
  void keyFrame_directlyBehindALoss_isTakenWhereItsStartIsCertain() {
    Depacketizer depacketizer = Codec.H264.depacketizer(frames::add);
    int[] at = {1};
    depacketizer.lost();
    feed(depacketizer, at, 1, "6588AA");
    assertThat(frames).as("its first slice may be missing").isEmpty();
    depacketizer.lost();

    feed(depacketizer, at, 2, "7800046742C01E000468CE3C80", "6588BB");

    assertThat(frames).hasSize(1);
  }

  @Test
  void frameWithoutMarker_endsWithTheNextTimestamp() {
    Depacketizer depacketizer = Codec.VP8.depacketizer(frames::add);
    depacketizer.receive(Packets.of(1, 1, false, Hex.bytes("1050AA")));
    depacketizer.receive(Packets.of(2, 2, false, Hex.bytes("1051AA")));

    assertThat(only()).isEqualTo("50aa");
  }

  @Test
  void opus_isHandedOnAsItIs() {
    Depacketizer depacketizer = Codec.OPUS.depacketizer(frames::add);
    feed(depacketizer, new int[] {1}, 960, "FC0102");

    assertThat(only()).isEqualTo("fc0102");
    assertThat(frames.get(0).key()).isTrue();
  }

  @Test
  void spatialLayers_becomeOneSuperframe() {
    Depacketizer depacketizer = Codec.VP9.depacketizer(frames::add);
    // Two layers, each one packet: L, B and E; layer ids 0 and 1.
    feed(depacketizer, new int[] {1}, 1, "2C 00 00 82AA", "2C 02 00 86BBCC");

    assertThat(only()).isEqualTo("82aa86bbcc" + "d9" + "02000000" + "03000000" + "d9");
  }
}
