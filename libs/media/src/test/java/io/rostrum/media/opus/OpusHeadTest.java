package io.rostrum.media.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.AudioFormat;
import io.rostrum.media.Fixtures;
import io.rostrum.media.MalformedMediaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusHeadTest {

  private static final byte[] STEREO =
      Fixtures.parseHex(
          """
          4F70757348656164  # OpusHead
          01 02 3801        # version 1, 2 channels, pre-skip 312
          80BB0000 0000 00  # 48 kHz, no gain, family 0
          """);

  private static final byte[] STEREO_DOPS =
      Fixtures.parseHex("00 02 0138 0000BB80 0000 00  # the same, big-endian");

  @Test
  void head_inBothForms_isTheSame() throws Exception {
    OpusHead head = OpusHead.parse(STEREO);

    assertThat(head.channels()).isEqualTo(2);
    assertThat(head.preSkipSamples()).isEqualTo(312);
    assertThat(head.toByteArray()).isEqualTo(STEREO);
    assertThat(head.toSpecificBox()).isEqualTo(STEREO_DOPS);
    assertThat(OpusHead.parseSpecificBox(STEREO_DOPS)).isEqualTo(head);
  }

  @Test
  void head_withChannelMapping_keepsIt() throws Exception {
    OpusHead head = new OpusHead(6, 312, 48_000, -256, 1, Fixtures.parseHex("0402 000401020305"));

    assertThat(OpusHead.parse(head.toByteArray())).isEqualTo(head);
    assertThat(OpusHead.parseSpecificBox(head.toSpecificBox())).isEqualTo(head);
  }

  @Test
  void format_ofAHead_runsAt48Kilohertz() throws Exception {
    AudioFormat format = AudioFormat.ofOpus(OpusHead.ofChannels(2).toByteArray());
    assertThat(format.rfc6381()).isEqualTo("Opus");
    assertThat(format.timescale()).isEqualTo(48_000);
    assertThat(format.channels()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "4F70757348656164, too short",
    "4F7075734865616401003801 80BB0000000000, no channels",
    "4F7075734865616401033801 80BB0000000000, three channels with family 0",
    "4F7075734865616410023801 80BB0000000000, major version 1",
    "4F7075734865616401063801 80BB0000000001 0402, cut channel mapping",
    "4F7075735461677301023801 80BB0000000000, OpusTags",
  })
  void head_broken_isRefused(String hex, String why) {
    assertThatThrownBy(() -> OpusHead.parse(Fixtures.parseHex(hex)))
        .as(why)
        .isInstanceOf(MalformedMediaException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "FC, 960, CELT 20 ms one frame",
    "FD, 1920, CELT 20 ms two frames",
    "E0, 120, CELT 2.5 ms",
    "78, 960, hybrid 20 ms",
    "70, 480, hybrid 10 ms",
    "00, 480, SILK 10 ms",
    "18, 2880, SILK 60 ms",
    "FB06, 5760, six CELT frames of 20 ms with count",
  })
  void packet_duration_isFramesTimesTheirSize(String hex, int samples, String name)
      throws Exception {
    assertThat(OpusPacket.durationSamples(Fixtures.parseHex(hex))).as(name).isEqualTo(samples);
  }

  @ParameterizedTest
  @CsvSource({"''", "FB", "FB00", "FB07"})
  void packet_broken_isMalformed(String hex) {
    assertThatThrownBy(() -> OpusPacket.durationSamples(Fixtures.parseHex(hex)))
        .isInstanceOf(MalformedMediaException.class);
  }
}
