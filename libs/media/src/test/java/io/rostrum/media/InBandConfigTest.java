package io.rostrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.media.ac3.Ac3Frame;
import io.rostrum.media.av1.Av1DecoderConfig;
import io.rostrum.media.av1.Av1TemporalUnit;
import io.rostrum.media.flac.FlacFrame;
import io.rostrum.media.flac.FlacStreamInfo;
import io.rostrum.media.hevc.HevcAccessUnit;
import io.rostrum.media.hevc.HevcDecoderConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations made of what stands in the stream, beside those that real muxers have made of the
 * same.
 */
class InBandConfigTest {

  static List<List<String>> realEncoders() {
    return Fixtures.table("configs.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("realEncoders")
  void recordMadeOfWhatIsInBand_isTheOneOfTheMuxer(List<String> row) throws Exception {
    byte[] record = Fixtures.parseHex(row.get(2));
    if (row.get(1).equals("HEVC")) {
      HevcDecoderConfig config = HevcDecoderConfig.parse(record);
      List<byte[]> sets =
          config.parameterSets().stream()
              .filter(set -> set.type() >= HevcAccessUnit.TYPE_VPS)
              .filter(set -> set.type() <= HevcAccessUnit.TYPE_PPS)
              .map(HevcDecoderConfig.ParameterSet::nalUnit)
              .toList();
      HevcDecoderConfig made = HevcDecoderConfig.ofParameterSets(sets).orElseThrow();
      // Up to general_level_idc; muxers differ in what they say of segmentation and parallelism.
      assertThat(Arrays.copyOf(made.header(), 13)).isEqualTo(Arrays.copyOf(config.header(), 13));
      // Chroma format and bit depths.
      assertThat(Arrays.copyOfRange(made.header(), 16, 19))
          .isEqualTo(Arrays.copyOfRange(config.header(), 16, 19));
      assertThat(VideoFormat.ofHevc(made.toByteArray(), 90_000).rfc6381()).isEqualTo(row.get(3));
    } else {
      byte[] header = Av1DecoderConfig.parse(record).sequenceHeader();
      byte[] made = Av1DecoderConfig.ofSequenceHeader(header).record();
      // The fields up to the presentation delay, which muxers may know better.
      assertThat(Arrays.copyOf(made, 3)).isEqualTo(Arrays.copyOf(record, 3));
      assertThat(VideoFormat.ofAv1(made, 90_000).rfc6381()).isEqualTo(row.get(3));
    }
  }

  @Test
  void newHevcParameterSet_replacesItsKind_andKeepsTheOthers() throws Exception {
    byte[] record =
        realEncoders().stream()
            .filter(row -> row.get(1).equals("HEVC"))
            .map(row -> Fixtures.parseHex(row.get(2)))
            .findFirst()
            .orElseThrow();
    HevcDecoderConfig config = HevcDecoderConfig.parse(record);
    byte[] pps = {0x44, 1, (byte) 0xC1, 0x73};

    HevcDecoderConfig changed = config.withParameterSets(List.of(pps));

    assertThat(changed.parameterSets())
        .filteredOn(set -> set.type() == HevcAccessUnit.TYPE_PPS)
        .singleElement()
        .satisfies(set -> assertThat(set.nalUnit()).isEqualTo(pps));
    assertThat(changed.sequenceParameterSet()).isEqualTo(config.sequenceParameterSet());
    assertThat(changed.lengthSize()).isEqualTo(config.lengthSize());
  }

  @Test
  void av1KeyFrame_isFound_andDelimitersAreLeftOut() throws Exception {
    // temporal delimiter | sequence header | frame: shown key frame
    byte[] unit = Fixtures.parseHex("1200 0A0A0000000337FBE257C802 3203121000");

    Av1TemporalUnit read = Av1TemporalUnit.parse(unit, 0, unit.length);

    assertThat(read.keyFrame()).isTrue();
    assertThat(read.sequenceHeader()).isEqualTo(Fixtures.parseHex("0000000337FBE257C802"));
    assertThat(read.toSample()).isEqualTo(Arrays.copyOfRange(unit, 2, unit.length));
    VideoFormat format =
        VideoFormat.ofAv1(
            Av1DecoderConfig.ofSequenceHeader(read.sequenceHeader()).record(), 90_000);
    assertThat(format.width()).isEqualTo(128);
    assertThat(format.height()).isEqualTo(96);
  }

  @Test
  void av1UnitWithoutSizeOfItsLastObu_getsOne() throws Exception {
    byte[] unit = Fixtures.parseHex("30 301000");

    Av1TemporalUnit read = Av1TemporalUnit.parse(unit, 0, unit.length);

    assertThat(read.keyFrame()).isFalse();
    assertThat(read.hasFrame()).isTrue();
    assertThat(read.toSample()).isEqualTo(Fixtures.parseHex("3203301000"));
  }

  @Test
  void ac3Frame_saysWhatFfmpegWritesIntoDac3() throws Exception {
    byte[] frame = Fixtures.parseHex("0b77fe95144043e106f46370");

    Ac3Frame read = Ac3Frame.parse(frame, 0, frame.length);

    assertThat(read.toDecoderConfig()).isEqualTo(Fixtures.parseHex("101140"));
    assertThat(read.sampleRate()).isEqualTo(48_000);
    assertThat(read.channels()).isEqualTo(2);
    assertThat(read.samples()).isEqualTo(1536);
  }

  @Test
  void enhancedAc3Frame_ofSixChannels_isRead() throws Exception {
    byte[] frame = new byte[1670];
    byte[] header = Fixtures.parseHex("0b7703427f87c00020fc2108");
    System.arraycopy(header, 0, frame, 0, header.length);

    Ac3Frame read = Ac3Frame.parse(frame, 0, frame.length);

    // As ffmpeg's 0c00600f00 but for the rate, which is rounded there.
    assertThat(Arrays.copyOfRange(read.toDecoderConfig(), 2, 5))
        .isEqualTo(Fixtures.parseHex("600f00"));
    assertThat(read.sampleRate()).isEqualTo(44_100);
    assertThat(read.channels()).isEqualTo(6);
    assertThat(read.samples()).isEqualTo(1536);
    assertThat(read.bitRateCode()).isBetween(380, 385);
  }

  @Test
  void flacConfiguration_inAnyForm_isOneBlock() throws Exception {
    String body = "120012000004640005070ac442f0000033ae409d6276227e89775de3df45e1070598";
    byte[] block = Fixtures.parseHex("80000022" + body);

    assertThat(FlacStreamInfo.toBlock(Fixtures.parseHex(body))).isEqualTo(block);
    assertThat(FlacStreamInfo.toBlock(Fixtures.parseHex("664c614300000022" + body)))
        .isEqualTo(block);
    assertThat(FlacStreamInfo.parse(block)).isEqualTo(new FlacStreamInfo(4608, 44_100, 2, 16));
  }

  @Test
  void flacFrames_sayTheirDuration() throws Exception {
    // block size code 5: 4608; the last frame has its size in 16 bits: 0FFF + 1
    assertThat(FlacFrame.durationSamples(Fixtures.parseHex("fff85988008a4e"), 0, 7))
        .isEqualTo(4608);
    assertThat(FlacFrame.durationSamples(Fixtures.parseHex("fff87988c2800fff00"), 0, 9))
        .isEqualTo(4096);
  }
}
