package io.rostrum.media.avc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.Fixtures;
import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoFormat;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvcDecoderConfigTest {

  static final byte[] PAL =
      Fixtures.parseHex(
          """
          01 4D 40 1E                # version 1, Main, no constraints but set 1, level 3
          FF                         # lengths of four bytes
          E1 0018                    # one SPS of 24 bytes
            67 4D 40 1E EC A0 5A 09 36 08 20 00 00 03 00 20 00 00 06 41 E2 C5 B2 C0
          01 0005                    # one PPS of 5 bytes
            68 EB E3 CB 20
          """);

  static List<List<String>> realEncoders() {
    return Fixtures.table("avc/avcC.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("realEncoders")
  void realConfiguration_read_saysWhatFfprobeSays(List<String> row) throws Exception {
    byte[] avcC = Fixtures.parseHex(row.get(1));
    AvcDecoderConfig config = AvcDecoderConfig.parse(avcC);
    SequenceParameterSet sps = config.sequenceParameterSet();
    VideoFormat format = VideoFormat.ofAvc(avcC, 90_000);

    assertThat(format.rfc6381()).isEqualTo(row.get(2));
    assertThat(format.width()).isEqualTo(Integer.parseInt(row.get(3)));
    assertThat(format.height()).isEqualTo(Integer.parseInt(row.get(4)));
    assertThat(sps.frameRate().map(FrameRate::toString).orElse("none")).isEqualTo(row.get(5));
    assertThat(format.frameRate()).isEqualTo(sps.frameRate().orElse(null));
    var aspect = sps.usability().sampleAspectRatio();
    assertThat(aspect == null ? "none" : aspect.width() + ":" + aspect.height())
        .isEqualTo(row.get(6));
    assertThat(sps.maxReorderFrames()).isEqualTo(Integer.parseInt(row.get(7)));
    assertThat(sps.chromaFormatIdc()).isEqualTo(Integer.parseInt(row.get(8)));
    assertThat(sps.bitDepthLuma()).isEqualTo(Integer.parseInt(row.get(9)));
    assertThat(format.decoderConfig()).isEqualTo(avcC);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("realEncoders")
  void realConfiguration_writtenAgain_isTheSame(List<String> row) throws Exception {
    byte[] avcC = Fixtures.parseHex(row.get(1));
    AvcDecoderConfig config = AvcDecoderConfig.parse(avcC);

    assertThat(config.toByteArray()).isEqualTo(avcC);
    assertThat(
            AvcDecoderConfig.ofParameterSets(
                config.sequenceParameterSets(), config.pictureParameterSets()))
        .isEqualTo(config)
        .hasSameHashCodeAs(config);
  }

  @Test
  void highProfileWithoutItsExtension_asSomeEncodersSend_isReadAndWrittenAsItIs() throws Exception {
    byte[] full = Fixtures.parseHex(realEncoders().get(0).get(1));
    byte[] withoutExtension = Arrays.copyOf(full, full.length - 4);

    AvcDecoderConfig config = AvcDecoderConfig.parse(withoutExtension);

    assertThat(config.extension()).isNull();
    assertThat(config.toByteArray()).isEqualTo(withoutExtension);
  }

  @Test
  void lengthsOfTwoBytes_inAPublishersConfiguration_becomeFourInTheFormat() throws Exception {
    byte[] twoBytes = PAL.clone();
    twoBytes[4] = (byte) 0xFD;

    assertThat(AvcDecoderConfig.parse(twoBytes).lengthSize()).isEqualTo(2);
    assertThat(VideoFormat.ofAvc(twoBytes, 90_000)).isEqualTo(VideoFormat.ofAvc(PAL, 90_000));
  }

  @Test
  void announces_knownParameterSetsInBand_isTrue_andFalseForOthers() throws Exception {
    AvcDecoderConfig config = AvcDecoderConfig.parse(PAL);
    byte[] sps = config.sequenceParameterSets().get(0);
    byte[] otherPps = Fixtures.parseHex("68 EB E3 CB 21");

    assertThat(config.announces(AvcAccessUnit.of(List.of(NalUnit.of(sps))))).isTrue();
    assertThat(config.announces(AvcAccessUnit.of(List.of()))).isTrue();
    assertThat(config.announces(AvcAccessUnit.of(List.of(NalUnit.of(otherPps))))).isFalse();
  }

  @Test
  void ofParameterSets_withoutPps_isMalformed() throws Exception {
    List<byte[]> sps = AvcDecoderConfig.parse(PAL).sequenceParameterSets();
    assertThatThrownBy(() -> AvcDecoderConfig.ofParameterSets(sps, List.of()))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("1 SPS and 0 PPS");
  }
}
