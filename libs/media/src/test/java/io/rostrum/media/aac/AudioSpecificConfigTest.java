package io.rostrum.media.aac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.AudioFormat;
import io.rostrum.media.Fixtures;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioSpecificConfigTest {

  /** Bits as the standard lays them out, and what comes out of a decoder. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // 5 type · 4 frequency index · 4 channels · 3 flags
    "LC 48 kHz stereo, 1190, mp4a.40.2, 48000, 2, 1024",
    "LC 44.1 kHz stereo, 1210, mp4a.40.2, 44100, 2, 1024",
    "LC 48 kHz mono, 1188, mp4a.40.2, 48000, 1, 1024",
    "LC 48 kHz 5.1, 11B0, mp4a.40.2, 48000, 6, 1024",
    "LC 48 kHz 7.1, 11B8, mp4a.40.2, 48000, 8, 1024",
    "LC 48 kHz stereo 960, 1194, mp4a.40.2, 48000, 2, 960",
    "Main 44.1 kHz stereo, 0A10, mp4a.40.1, 44100, 2, 1024",
    "LC with explicit frequency 50 kHz, 178061A810, mp4a.40.2, 50000, 2, 1024",
    "LC and sync extension that says no SBR, 119056E500, mp4a.40.2, 48000, 2, 1024",
    "LC and padding, 119000000000, mp4a.40.2, 48000, 2, 1024",
    "SBR hierarchical 24 to 48 kHz, 2B118800, mp4a.40.5, 48000, 2, 2048",
    "SBR by sync extension 24 to 48 kHz, 131056E598, mp4a.40.2, 48000, 2, 2048",
    "SBR and PS hierarchical 24 to 48 kHz, EB098800, mp4a.40.29, 48000, 2, 2048",
    "SBR and PS by sync extension 22.05 to 44.1 kHz, 138856E5A54880, mp4a.40.2, 44100, 2, 2048",
  })
  void configuration_read_saysWhatComesOut(
      String name, String hex, String codecs, int sampleRate, int channels, int samples)
      throws Exception {
    AudioFormat format = AudioFormat.ofAac(Fixtures.parseHex(hex));

    assertThat(format.rfc6381()).isEqualTo(codecs);
    assertThat(format.sampleRate()).isEqualTo(sampleRate);
    assertThat(format.timescale()).isEqualTo(sampleRate);
    assertThat(format.channels()).isEqualTo(channels);
    assertThat(format.samplesPerFrame()).isEqualTo(samples);
  }

  @Test
  void programConfigElement_isCounted() throws Exception {
    byte[] asc =
        new BitWriter()
            .bits(2, 5)
            .bits(3, 4)
            .bits(0, 4)
            .bits(0, 3)
            .bits(0, 4)
            .bits(1, 2)
            .bits(3, 4) // tag, LC, 48 kHz
            .bits(2, 4)
            .bits(0, 4)
            .bits(1, 4)
            .bits(1, 2)
            .bits(0, 3)
            .bits(0, 4)
            .bits(0, 3) // no mixdown
            .flag(false)
            .bits(0, 4) // front: centre
            .flag(true)
            .bits(0, 4) // front: pair
            .flag(true)
            .bits(1, 4) // back: pair
            .bits(0, 4) // low frequency
            .alignToByte()
            .bits(2, 8)
            .bits('o', 8)
            .bits('k', 8)
            .toByteArray();

    assertThat(AudioSpecificConfig.parse(asc).channels()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"48000, 2, 1190", "44100, 1, 1208", "96000, 8, 1038", "50000, 2, 178061A810"})
  void aacLc_written_isCanonicalAndReadBack(int sampleRate, int channels, String hex)
      throws Exception {
    byte[] asc = AudioSpecificConfig.aacLc(sampleRate, channels);

    assertThat(asc).isEqualTo(Fixtures.parseHex(hex));
    AudioSpecificConfig config = AudioSpecificConfig.parse(asc);
    assertThat(config.sampleRate()).isEqualTo(sampleRate);
    assertThat(config.channels()).isEqualTo(channels);
    assertThat(config.sbr()).isFalse();
  }

  @Test
  void aacLc_ofSevenChannels_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> AudioSpecificConfig.aacLc(48_000, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "F94640, type 42 (USAC): not the AAC family, UNSUPPORTED",
    "1690, reserved frequency index, MALFORMED",
    "11D0, reserved channel configuration, MALFORMED",
    "17FFFFFF90, frequency of 16 MHz, MALFORMED",
    "11, ends early, MALFORMED",
    "2B068800, SBR from 24 to 96 kHz, MALFORMED",
  })
  void configuration_broken_isRefused(
      String hex, String why, MalformedMediaException.Reason reason) {
    assertThatThrownBy(() -> AudioSpecificConfig.parse(Fixtures.parseHex(hex)))
        .as(why)
        .isInstanceOfSatisfying(
            MalformedMediaException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void adtsHeader_read_saysTheSameAsItsConfiguration() throws Exception {
    // sync FFF, MPEG-4, no CRC · LC, 48 kHz, stereo · 13 bits length 0x017F = 383 · fullness 7FF,
    // one block
    byte[] frame = Fixtures.parseHex("FF F1 4C 80 2F FF FC 21");

    AdtsHeader header = AdtsHeader.parse(frame, 0);

    assertThat(header).isEqualTo(new AdtsHeader(2, 48_000, 2, 7, 383, 1));
    assertThat(header.toAudioSpecificConfig()).isEqualTo(Fixtures.parseHex("1190"));
    assertThat(AdtsHeader.isAt(frame, 0)).isTrue();
    assertThat(AdtsHeader.isAt(Fixtures.parseHex("2110"), 0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"FFE14C802FFFFC", "FFF74C802FFFFC", "FFF17C802FFFFC", "FFF14C8000DFFC", "FFF14C80"})
  void adtsHeader_broken_isMalformed(String hex) {
    assertThatThrownBy(() -> AdtsHeader.parse(Fixtures.parseHex(hex), 0))
        .isInstanceOf(MalformedMediaException.class);
  }
}
