package io.rostrum.rtmp.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.rtmp.Hex;
import io.rostrum.rtmp.RtmpException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoTagTest {

  @Test
  void avc_sequenceHeader() {
    VideoPacket packet = only("17 00 000000 01640028");

    assertThat(packet.codec()).isEqualTo(VideoCodec.AVC);
    assertThat(packet.kind()).isEqualTo(PacketKind.SEQUENCE_START);
    assertThat(packet.data()).isEqualTo(Hex.bytes("01640028"));
  }

  @Test
  void avc_negativeCompositionTime_isSigned() {
    VideoPacket packet = only("27 01 FFFFD8 AABB");

    assertThat(packet.compositionTimeMs()).isEqualTo(-40);
    assertThat(packet.keyframe()).isFalse();
    assertThat(packet.kind()).isEqualTo(PacketKind.CODED_FRAMES);
  }

  @Test
  void avc_endOfSequence_withOrWithoutCompositionTime() {
    assertThat(only("17 02 000000").kind()).isEqualTo(PacketKind.SEQUENCE_END);
    assertThat(only("17 02").kind()).isEqualTo(PacketKind.SEQUENCE_END);
  }

  @Test
  void hevc_byLegacyId12() {
    assertThat(only("1C 01 000021 AA").codec()).isEqualTo(VideoCodec.HEVC);
  }

  @Test
  void enhancedHevc_codedFrames_haveCompositionTime() {
    VideoPacket packet = only("91 68766331 000021 AABB");

    assertThat(packet.codec()).isEqualTo(VideoCodec.HEVC);
    assertThat(packet.keyframe()).isTrue();
    assertThat(packet.compositionTimeMs()).isEqualTo(33);
    assertThat(packet.data()).isEqualTo(Hex.bytes("AABB"));
  }

  @Test
  void enhancedHevc_codedFramesX_haveNone() {
    VideoPacket packet = only("A3 68766331 AABB");

    assertThat(packet.compositionTimeMs()).isZero();
    assertThat(packet.data()).isEqualTo(Hex.bytes("AABB"));
  }

  @Test
  void enhancedAv1_codedFrames_haveNoCompositionTime() {
    VideoPacket packet = only("91 61763031 AABB");

    assertThat(packet.codec()).isEqualTo(VideoCodec.AV1);
    assertThat(packet.data()).isEqualTo(Hex.bytes("AABB"));
  }

  @Test
  void modEx_nanosecondOffset_isKept() {
    VideoPacket packet =
        only(
            """
            97                # ex header, keyframe, ModEx
            02 07A120 01      # 3 bytes: 500000 ns; then nano offset (0) and coded frames (1)
            61766331 000000   # avc1, composition time 0
            AA
            """);

    assertThat(packet.timestampNanos()).isEqualTo(500_000);
    assertThat(packet.codec()).isEqualTo(VideoCodec.AVC);
    assertThat(packet.data()).containsExactly(0xAA);
  }

  @Test
  void modEx_longForm_isSkipped() {
    VideoPacket packet = only("97 FF 00FF " + "00".repeat(256) + " 11  61766331 000000 AA");

    assertThat(packet.data()).containsExactly(0xAA);
  }

  @Test
  void multitrack_manyTracks_eachWithItsId() {
    List<VideoPacket> packets =
        read(
            """
            96 11 61766331           # multitrack: many tracks (1), coded frames (1), avc1
            00 000005 000000 AABB    # track 0
            01 000004 FFFFFF CC      # track 1
            """);

    assertThat(packets).extracting(VideoPacket::trackId).containsExactly(0, 1);
    assertThat(packets.get(0).data()).isEqualTo(Hex.bytes("AABB"));
    assertThat(packets.get(1).data()).isEqualTo(Hex.bytes("CC"));
    assertThat(packets.get(1).compositionTimeMs()).isEqualTo(-1);
  }

  @Test
  void multitrack_moreTracksThanIds_isMalformed() {
    String tracks = "96 11 61763031" + " 00 000001 AA".repeat(256);

    assertThat(read(tracks)).hasSize(256);
    assertThatThrownBy(() -> read(tracks + " 00 000001 AA"))
        .isInstanceOf(RtmpException.class)
        .hasMessageContaining("tracks");
  }

  @Test
  void multitrack_oneTrackAndManyCodecs() {
    assertThat(only("96 01 68766331 03 000000 AABB").trackId()).isEqualTo(3);
    assertThat(read("96 21 61766331 00 000004 000000 AA 61763031 01 000001 BB"))
        .extracting(VideoPacket::codec)
        .containsExactly(VideoCodec.AVC, VideoCodec.AV1);
  }

  @Test
  void commandsAndEmptyTags_holdNoPackets() {
    assertThat(read("57 00")).isEmpty();
    assertThat(read("D1 00")).isEmpty();
    assertThat(VideoTag.read(new byte[0])).isEmpty();
  }

  @Test
  void metadata_isNotMedia() {
    assertThat(only("94 68766331 020009").kind()).isEqualTo(PacketKind.OTHER);
  }

  @Test
  void oldCodecs_areNamedAsSuch() {
    assertThat(only("12 00").codec()).isEqualTo(VideoCodec.OTHER);
  }

  private static VideoPacket only(String hex) {
    List<VideoPacket> packets = read(hex);
    assertThat(packets).hasSize(1);
    return packets.get(0);
  }

  private static List<VideoPacket> read(String hex) {
    return VideoTag.read(Hex.bytes(hex));
  }
}
