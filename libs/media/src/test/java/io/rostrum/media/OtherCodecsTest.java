package io.rostrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.av1.Av1SequenceHeader;
import io.rostrum.media.avc.EmulationPrevention;
import io.rostrum.media.bits.BitWriter;
import io.rostrum.media.cmaf.InitSegment;
import io.rostrum.media.hevc.HevcAccessUnit;
import io.rostrum.media.hevc.HevcDecoderConfig;
import io.rostrum.media.hevc.HevcSequenceParameterSet;
import io.rostrum.media.vpx.VpxKeyFrame;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HEVC, AV1, VP8 and VP9: what their headers tell a packager. */
class OtherCodecsTest {

  static List<List<String>> realEncoders() {
    return Fixtures.table("configs.csv");
  }

  private static VideoFormat formatOf(List<String> row) throws MalformedMediaException {
    byte[] record = Fixtures.parseHex(row.get(2));
    return row.get(1).equals("HEVC")
        ? VideoFormat.ofHevc(record, 90_000)
        : VideoFormat.ofAv1(record, 90_000);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("realEncoders")
  void realConfiguration_read_saysWhatFfprobeSays(List<String> row) throws Exception {
    VideoFormat format = formatOf(row);

    assertThat(format.codec()).hasToString(row.get(1));
    assertThat(format.rfc6381()).isEqualTo(row.get(3));
    assertThat(format.width()).isEqualTo(Integer.parseInt(row.get(4)));
    assertThat(format.height()).isEqualTo(Integer.parseInt(row.get(5)));
    assertThat(Objects.toString(format.frameRate(), "none")).isEqualTo(row.get(6));
    Track track = new Track(1, format);
    assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("realEncoders")
  void realHevcConfiguration_readAndWritten_isTheSame(List<String> row) throws Exception {
    if (!row.get(1).equals("HEVC")) {
      return;
    }
    byte[] hvcC = Fixtures.parseHex(row.get(2));
    HevcDecoderConfig config = HevcDecoderConfig.parse(hvcC);
    HevcSequenceParameterSet sps = config.sequenceParameterSet();
    SampleAspectRatio aspect = sps.sampleAspectRatio();
    ColourDescription colour = sps.colour();

    assertThat(config.toByteArray()).isEqualTo(hvcC);
    assertThat(config.lengthSize()).isEqualTo(4);
    assertThat(aspect.width() + ":" + aspect.height()).isEqualTo(row.get(7));
    assertThat(
            colour == null
                ? "none"
                : colour.primaries()
                    + "/"
                    + colour.transfer()
                    + "/"
                    + colour.matrix()
                    + (colour.fullRange() ? "/full" : "/limited"))
        .isEqualTo(row.get(8));
    assertThat(sps.maxReorderPictures()).isEqualTo(Integer.parseInt(row.get(9)));
  }

  @Test
  void hevcLengthsOfTwoBytes_becomeFourInTheFormat() throws Exception {
    byte[] fourBytes = Fixtures.parseHex(realEncoders().get(0).get(2));
    byte[] twoBytes = fourBytes.clone();
    twoBytes[21] &= (byte) 0xFD;

    assertThat(HevcDecoderConfig.parse(twoBytes).lengthSize()).isEqualTo(2);
    assertThat(VideoFormat.ofHevc(twoBytes, 90_000))
        .isEqualTo(VideoFormat.ofHevc(fourBytes, 90_000));
  }

  @Test
  void hevcAccessUnit_isReducedToWhatStays() throws Exception {
    HevcDecoderConfig config =
        HevcDecoderConfig.parse(Fixtures.parseHex(realEncoders().get(0).get(2)));
    byte[] pps = config.parameterSets().get(2).nalUnit();
    byte[] data =
        Fixtures.parseHex(
            """
            00000003 460150          # delimiter
            00000006 4401c073c189    # the PPS that was announced
            00000003 4E0105          # SEI
            00000004 2801ac21        # IDR_N_LP
            00000003 4C0180          # filler
            """);

    HevcAccessUnit unit = HevcAccessUnit.parse(data, 0, data.length, 4);

    assertThat(unit.randomAccess()).isTrue();
    assertThat(unit.hasPicture()).isTrue();
    assertThat(unit.parameterSets()).containsExactly(pps);
    assertThat(config.announces(unit)).isTrue();
    assertThat(unit.toSample().toByteArray())
        .isEqualTo(Fixtures.parseHex("00000003 4E0105 00000004 2801ac21"));
  }

  @Test
  void hevcParameterSetOfManySubLayersAndPredictedReferenceSets_isReadToItsTiming()
      throws Exception {
    BitWriter bits = new BitWriter().bits(0x4201, 16).bits(0, 4).bits(2, 3).flag(true);
    bits.bits(1, 8).bits(0, 32).bits(0, 32).bits(0, 16).bits(93, 8); // general profile, tier, level
    bits.flag(true).flag(true).flag(false).flag(true).bits(0, 12); // two sub-layers, six reserved
    bits.bits(0, 32).bits(0, 32).bits(0, 24).bits(90, 8).bits(60, 8);
    bits.unsignedExpGolomb(3).unsignedExpGolomb(1).unsignedExpGolomb(1280).unsignedExpGolomb(728);
    bits.flag(true)
        .unsignedExpGolomb(0)
        .unsignedExpGolomb(0)
        .unsignedExpGolomb(0)
        .unsignedExpGolomb(4);
    bits.unsignedExpGolomb(2).unsignedExpGolomb(2).unsignedExpGolomb(4).flag(true);
    for (int layer = 0; layer < 3; layer++) {
      bits.unsignedExpGolomb(4).unsignedExpGolomb(layer).unsignedExpGolomb(0);
    }
    for (int i = 0; i < 6; i++) {
      bits.unsignedExpGolomb(1);
    }
    bits.flag(true).flag(true); // scaling lists, all predicted but one
    for (int list = 0; list < 20; list++) {
      bits.flag(list == 19);
      if (list < 19) {
        bits.unsignedExpGolomb(1);
      } else {
        for (int i = 0; i < 65; i++) {
          bits.signedExpGolomb(-3);
        }
      }
    }
    bits.bits(3, 2).flag(true).bits(0x77, 8).unsignedExpGolomb(0).unsignedExpGolomb(2).flag(true);
    bits.unsignedExpGolomb(2); // two short-term sets, the second predicted from the first
    bits.unsignedExpGolomb(2).unsignedExpGolomb(1);
    for (int i = 0; i < 3; i++) {
      bits.unsignedExpGolomb(i).flag(true);
    }
    bits.flag(true).flag(false).unsignedExpGolomb(0);
    bits.flag(true).flag(false).flag(true).flag(false).flag(false).flag(true);
    bits.flag(true)
        .unsignedExpGolomb(2)
        .bits(0x1FF, 9)
        .bits(0, 9); // long-term: eight bits and a flag each
    bits.bits(3, 2).flag(true); // VUI
    bits.flag(false)
        .flag(true)
        .flag(true)
        .flag(false)
        .flag(true)
        .unsignedExpGolomb(1)
        .unsignedExpGolomb(1);
    bits.bits(0, 3).flag(true);
    for (int i = 0; i < 4; i++) {
      bits.unsignedExpGolomb(i);
    }
    bits.flag(true).bits(1001, 32).bits(24_000, 32).flag(true);
    byte[] sps = EmulationPrevention.insert(bits.toByteArray());

    assertThat(HevcSequenceParameterSet.parse(sps))
        .isEqualTo(
            new HevcSequenceParameterSet(
                1280, 720, 1, 10, 10, 2, null, null, new FrameRate(24_000, 1001)));
  }

  @Test
  void av1SequenceHeaderWithTimingAndDecoderModel_isRead() throws Exception {
    byte[] header =
        new BitWriter()
            .bits(0, 3)
            .flag(false)
            .flag(false)
            .flag(true)
            .bits(1001, 32)
            .bits(30_000, 32)
            .flag(true)
            .unsignedExpGolomb(0)
            .flag(true)
            .bits(9, 5)
            .bits(1, 32)
            .bits(9, 5)
            .bits(9, 5)
            .flag(true)
            .bits(1, 5)
            .bits(0, 12)
            .bits(8, 5)
            .flag(false)
            .flag(true)
            .bits(1, 10)
            .bits(1, 10)
            .flag(false)
            .flag(true)
            .bits(3, 4)
            .bits(0, 12)
            .bits(4, 5)
            .flag(false)
            .flag(false)
            .bits(10, 4)
            .bits(9, 4)
            .bits(1279, 11)
            .bits(719, 10)
            .toByteArray();
    byte[] record = new byte[4 + 3 + 2 + header.length];
    byte[] start = Fixtures.parseHex("81084C00 1200 00");
    System.arraycopy(start, 0, record, 0, 6); // a temporal delimiter of length zero first
    record[6] = 0x0A;
    record[7] = (byte) header.length;
    System.arraycopy(header, 0, record, 8, header.length);

    assertThat(Av1SequenceHeader.ofDecoderConfig(record))
        .isEqualTo(new Av1SequenceHeader(1280, 720, new FrameRate(30_000, 1001)));
  }

  @Test
  void av1RecordWithoutSequenceHeader_isUnsupported() {
    assertThatThrownBy(() -> VideoFormat.ofAv1(Fixtures.parseHex("81000C00"), 90_000))
        .isInstanceOfSatisfying(
            MalformedMediaException.class,
            e -> assertThat(e.reason()).isEqualTo(MalformedMediaException.Reason.UNSUPPORTED));
  }

  /** First bytes of key frames that libvpx made of a picture of 322x182. */
  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "824983420014100b560638241c184a00, 0, 8, 4:2:0, 1, false, vp09.00.11.08",
    "a2498342000282016ac0c7048383094001, 1, 8, 4:4:4, 3, false, vp09.01.11.08",
    "a2498342080282016ac0c7048383094001, 1, 8, 4:2:2, 2, false, vp09.01.11.08",
    "a2498342e014100b560638241c184a0010, 1, 8, RGB, 3, true, vp09.01.11.08",
    "92498342000a0805a8, 2, 10, ten bits, 1, false, vp09.02.11.10",
  })
  void vp9KeyFrame_read_hasItsSize(
      String hex,
      int profile,
      int bitDepth,
      String name,
      int subsampling,
      boolean full,
      String codecs)
      throws Exception {
    VpxKeyFrame frame = VpxKeyFrame.parseVp9(Fixtures.parseHex(hex));

    assertThat(frame)
        .isEqualTo(new VpxKeyFrame(VideoCodec.VP9, profile, bitDepth, subsampling, full, 322, 182));
    VideoFormat format = frame.toFormat(90_000);
    assertThat(format.rfc6381()).isEqualTo(codecs);
    assertThat(InitSegment.read(InitSegment.write(List.of(new Track(1, format)))))
        .containsExactly(new Track(1, format));
  }

  @Test
  void vp8KeyFrame_read_hasItsSize() throws Exception {
    byte[] frame = Fixtures.parseHex("f06700 9d012a 4201 b600 0007");
    assertThat(VpxKeyFrame.isKeyFrame(VideoCodec.VP8, frame)).isTrue();
    assertThat(VpxKeyFrame.parseVp8(frame))
        .isEqualTo(new VpxKeyFrame(VideoCodec.VP8, 0, 8, 1, false, 322, 182));
  }

  @ParameterizedTest
  @CsvSource({"VP8, 316700", "VP9, 86", "VP9, 8A", "VP9, 42", "VP8, ''", "VP9, ''", "VP9, B2"})
  void otherFrames_areNoKeyFrames(VideoCodec codec, String hex) {
    byte[] frame = Fixtures.parseHex(hex);
    assertThat(VpxKeyFrame.isKeyFrame(codec, frame)).isFalse();
    assertThatThrownBy(
            () -> {
              if (codec == VideoCodec.VP8) {
                VpxKeyFrame.parseVp8(frame);
              } else {
                VpxKeyFrame.parseVp9(frame);
              }
            })
        .isInstanceOf(MalformedMediaException.class);
  }
}
