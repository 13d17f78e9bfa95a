package io.rostrum.rtmp.flv;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.rtmp.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudioTagTest {

  @Test
  void aac_configAndFrame() {
    assertThat(only("AF 00 1190").kind()).isEqualTo(PacketKind.SEQUENCE_START);
    assertThat(only("AF 00 1190").data()).isEqualTo(Hex.bytes("1190"));
    assertThat(only("AF 01 21AB").kind()).isEqualTo(PacketKind.CODED_FRAMES);
    assertThat(only("AF 01 21AB").codec()).isEqualTo(AudioCodec.AAC);
  }

  @Test
  void enhancedOpus_codedFrames() {
    AudioPacket packet = only("91 4F707573 AABB");

    assertThat(packet.codec()).isEqualTo(AudioCodec.OPUS);
    assertThat(packet.data()).isEqualTo(Hex.bytes("AABB"));
  }

  @Test
  void enhancedMultitrack_eachWithItsId() {
    List<AudioPacket> packets =
        AudioTag.read(Hex.bytes("95 11 6D703461 00 000001 AA 02 000002 BBCC"));

    assertThat(packets).extracting(AudioPacket::trackId).containsExactly(0, 2);
    assertThat(packets.get(1).data()).isEqualTo(Hex.bytes("BBCC"));
  }

  @Test
  void modEx_inFrontOfAac() {
    AudioPacket packet = only("97 02 000064 01 6D703461 AA");

    assertThat(packet.timestampNanos()).isEqualTo(100);
    assertThat(packet.codec()).isEqualTo(AudioCodec.AAC);
  }

  @Test
  void channelConfiguration_isNotMedia() {
    assertThat(only("94 6D703461 0102").kind()).isEqualTo(PacketKind.OTHER);
  }

  @Test
  void otherFormats_areNamed() {
    assertThat(only("2F AA").codec()).isEqualTo(AudioCodec.MP3);
    assertThat(only("7F AA").codec()).isEqualTo(AudioCodec.OTHER);
    assertThat(AudioTag.read(new byte[0])).isEmpty();
  }

  private static AudioPacket only(String hex) {
    List<AudioPacket> packets = AudioTag.read(Hex.bytes(hex));
    assertThat(packets).hasSize(1);
    return packets.get(0);
  }
}
