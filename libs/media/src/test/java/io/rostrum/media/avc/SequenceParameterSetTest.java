package io.rostrum.media.avc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.ColourDescription;
import io.rostrum.media.Fixtures;
import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.avc.VideoUsability.Reordering;
import io.rostrum.media.avc.VideoUsability.Timing;
import io.rostrum.media.bits.BitWriter;
import org.junit.jupiter.api.Test;

class SequenceParameterSetTest {

  /** Written by openh264, 1280x720, and taken apart bit by bit. */
  private static final byte[] OPENH264 =
      Fixtures.parseHex(
          """
          67        # nal_ref_idc 3, type 7
          42 C0 1F  # Baseline, constraint sets 0 and 1, level 3.1
          # 1 id 0 | 0001100 log2_max_frame_num 4+11 | 011 order type 2 | 010 one reference | 0 no gaps
          # 0000001010000 width 79+1 | 00000101101 height 44+1 | 1 frames only | 1 direct 8x8 | 0 no cropping
          # 1 VUI | 1 aspect ratio 00000001 is 1:1 | 0 no overscan | 0 no signal type | ...
          8C 68 05 00 5B B0 10
          1E 11 08 D4
          """);

  @Test
  void parameterSetWithoutTiming_hasNoFrameRate() throws Exception {
    SequenceParameterSet sps = SequenceParameterSet.parse(OPENH264);

    assertThat(sps.widthInMbs()).isEqualTo(80);
    assertThat(sps.heightInMbs()).isEqualTo(45);
    assertThat(sps.frameRate()).isEmpty();
    assertThat(sps.usability().timing()).isNull();
    assertThat(sps.frameMbsOnly()).isTrue();
    assertThat(sps.picOrderCntType()).isEqualTo(2);
    assertThat(sps.maxReorderFrames()).isZero();
  }

  @Test
  void everyOptionalPart_presentOrAbsent_isFound() throws Exception {
    for (int seed = 0; seed < 5_000; seed++) {
      SpsWriter.Written written = new SpsWriter(seed).write();

      assertThat(SequenceParameterSet.parse(written.nalUnit()))
          .as("seed %d", seed)
          .isEqualTo(written.expected());
    }
  }

  @Test
  void colourOfFullRangeWithoutDescription_isUnspecifiedButFull() throws Exception {
    byte[] sps = spsOf("x264 full range");
    assertThat(SequenceParameterSet.parse(sps).usability().colour())
        .isEqualTo(new ColourDescription(2, 2, 2, true));
  }

  @Test
  void colourDescription_isRead() throws Exception {
    byte[] sps = spsOf("x264 1080p29.97 bt709 matrix");
    assertThat(SequenceParameterSet.parse(sps).usability().colour())
        .isEqualTo(new ColourDescription(2, 2, 1, false));
  }

  @Test
  void interlacedPicture_isCroppedInFieldLines() throws Exception {
    SequenceParameterSet sps = SequenceParameterSet.parse(spsOf("x264 1080i25"));
    assertThat(sps.frameMbsOnly()).isFalse();
    assertThat(sps.heightInMbs()).isEqualTo(68);
    assertThat(sps.height()).isEqualTo(1080);
  }

  @Test
  void reordering_undeclared_isBoundByTheDecodedPictureBuffer() throws Exception {
    SequenceParameterSet declared = SequenceParameterSet.parse(spsOf("x264 PAL 16:11"));
    SequenceParameterSet undeclared = with(declared, VideoUsability.NONE);

    // Table A-1: level 3 has 8100 macroblocks; a picture has 45 x 36.
    assertThat(undeclared.maxDpbFrames()).isEqualTo(5);
    assertThat(undeclared.maxReorderFrames()).isEqualTo(5);
    assertThat(declared.maxReorderFrames()).isEqualTo(2);
    assertThat(
            with(declared, new VideoUsability(null, null, null, new Reordering(1, 2)))
                .maxReorderFrames())
        .isEqualTo(1);
  }

  @Test
  void frameRate_thatNoEncoderCanMean_isEmpty() throws Exception {
    SequenceParameterSet sps = SequenceParameterSet.parse(OPENH264);
    assertThat(with(sps, timing(1, 180_000)).frameRate()).isEmpty();
    assertThat(with(sps, timing(1000, 1)).frameRate()).isEmpty();
    assertThat(with(sps, timing(1001, 60_000)).frameRate()).hasValue(new FrameRate(30_000, 1001));
    assertThat(with(sps, timing(40_000_000, 4_000_000_000L)).frameRate())
        .hasValue(new FrameRate(50, 1));
  }

  @Test
  void pictureLargerThanAnyLevel_isMalformed() {
    byte[] payload =
        new BitWriter()
            .bits(66, 8)
            .bits(0, 8)
            .bits(62, 8)
            .unsignedExpGolomb(0)
            .unsignedExpGolomb(0)
            .unsignedExpGolomb(2)
            .unsignedExpGolomb(1)
            .flag(false)
            .unsignedExpGolomb(1055)
            .unsignedExpGolomb(999)
            .flag(true)
            .flag(true)
            .flag(false)
            .flag(false)
            .flag(true)
            .toByteArray();
    byte[] nalUnit = new byte[payload.length + 1];
    nalUnit[0] = 0x67;
    System.arraycopy(payload, 0, nalUnit, 1, payload.length);

    assertThatThrownBy(() -> SequenceParameterSet.parse(nalUnit))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("picture of 16896x16000 exceeds every level");
  }

  private static VideoUsability timing(long unitsPerTick, long timeScale) {
    return new VideoUsability(null, null, new Timing(unitsPerTick, timeScale, true), null);
  }

  private static SequenceParameterSet with(SequenceParameterSet sps, VideoUsability usability) {
    return new SequenceParameterSet(
        sps.profileIdc(),
        sps.constraintFlags(),
        sps.levelIdc(),
        sps.id(),
        sps.chromaFormatIdc(),
        sps.bitDepthLuma(),
        sps.bitDepthChroma(),
        sps.picOrderCntType(),
        sps.maxNumRefFrames(),
        sps.frameMbsOnly(),
        sps.widthInMbs(),
        sps.heightInMbs(),
        sps.width(),
        sps.height(),
        usability);
  }

  private static byte[] spsOf(String source) throws MalformedMediaException {
    String hex =
        Fixtures.table("avc/avcC.csv").stream()
            .filter(row -> row.get(0).equals(source))
            .findFirst()
            .orElseThrow()
            .get(1);
    return AvcDecoderConfig.parse(Fixtures.parseHex(hex)).sequenceParameterSets().get(0);
  }
}
