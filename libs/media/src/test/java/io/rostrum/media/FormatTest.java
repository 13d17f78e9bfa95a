package io.rostrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

  private static final byte[] AVCC =
      Fixtures.parseHex(
          "014d401effe10018674d401eeca05a09360820000003002000000641e2c5b2c001000568ebe3cb20");

  /** Examples of the documents that define the strings. */
  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "HEVC, 01 01 60000000 B00000000000 5D F000 FC FD F8 F8 0000 0F 00, hvc1.1.6.L93.B0",
    "HEVC, 01 22 20000000 900000000000 99 F000 FC FD FA FA 0000 0F 00, hvc1.2.4.H153.90",
    "HEVC, 01 41 40000000 000000000000 3C F000 FC FD F8 F8 0000 0F 00, hvc1.A1.2.L60",
    "HEVC, 01 01 60000000 901100000000 5D F000 FC FD F8 F8 0000 0F 00, hvc1.1.6.L93.90.11",
    "AV1, 81 04 0C 00, av01.0.04M.08",
    "AV1, 81 08 4C 00, av01.0.08M.10",
    "AV1, 81 4D EC 00, av01.2.13H.12",
    "AV1, 81 2D 4C 00, av01.1.13M.10",
    "VP9, 00 1F 82 020202 0000, vp09.00.31.08",
    "VP9, 02 0A A2 090909 0000, vp09.02.10.10",
    "VP8, 00 0A 82 020202 0000, vp08.00.10.08",
  })
  void rfc6381_ofAConfiguration_isAsItsBindingSays(VideoCodec codec, String hex, String expected) {
    byte[] config = Fixtures.parseHex(hex);
    assertThat(new VideoFormat(codec, config, 640, 360, 90_000, null).rfc6381())
        .isEqualTo(expected);
  }

  @Test
  void videoFormats_ofEqualConfigurations_areEqual() throws Exception {
    VideoFormat format = VideoFormat.ofAvc(AVCC, 90_000);
    assertThat(VideoFormat.ofAvc(AVCC.clone(), 90_000)).isEqualTo(format).hasSameHashCodeAs(format);
    assertThat(VideoFormat.ofAvc(AVCC, 1000)).isNotEqualTo(format);
    assertThat(format)
        .hasToString("VideoFormat[avc1.4D401E, 720x576, timescale=90000, frameRate=25/1]");
  }

  @Test
  void audioFormats_ofEqualConfigurations_areEqual() throws Exception {
    AudioFormat format = AudioFormat.ofAac(new byte[] {0x11, (byte) 0x90});
    assertThat(AudioFormat.ofAac(new byte[] {0x11, (byte) 0x90}))
        .isEqualTo(format)
        .hasSameHashCodeAs(format);
    assertThat(format).hasToString("AudioFormat[mp4a.40.2, 48000 Hz, channels=2]");
  }

  @Test
  void accessUnits_ofEqualBytes_areEqual_andTellNothingOfThemInText() {
    AccessUnit unit = new AccessUnit(90_000, -3003, 3003, true, new byte[] {0x65, 1, 2});
    AccessUnit same = new AccessUnit(90_000, -3003, 3003, true, new byte[] {0x65, 1, 2});
    assertThat(unit).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(unit)
        .isNotEqualTo(new AccessUnit(90_000, -3003, 3003, true, new byte[] {0x65, 1, 3}));
    assertThat(unit).hasToString("AccessUnit[dts=90000, cto=-3003, duration=3003, sync, 3 bytes]");
    assertThat(unit.presentationTimeTicks()).isEqualTo(86_997);
    assertThat(unit.movedBy(10).decodeTimeTicks()).isEqualTo(90_010);
  }

  @Test
  void formats_thatCannotBe_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VideoFormat(VideoCodec.H264, AVCC, 0, 576, 90_000, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VideoFormat(VideoCodec.H264, AVCC, 720, 65_536, 90_000, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VideoFormat(VideoCodec.H264, AVCC, 720, 576, 0, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new VideoFormat(VideoCodec.HEVC, new byte[22], 720, 576, 90_000, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AudioFormat(AudioCodec.AAC, new byte[1], 48_000, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AudioFormat(AudioCodec.OPUS, new byte[19], 48_000, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Track(0, VideoFormat.ofAvc(AVCC, 1)));
  }
}
