package io.rostrum.codecworker.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.codecworker.libav.TestAudio;
import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.AudioOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Segments that are encoded each by themselves meet without a seam. Measured as the noise in each
 * frame around the boundaries, against the sound that was put in: the README has the table.
 */
class SeamTest {
  private static final int FRAME = AudioOutput.SAMPLES_PER_FRAME;
  private static final int FRAMES_EACH = 93;
  private static final int SEGMENTS = 4;

  @ParameterizedTest
  @CsvSource({"48000,48000,440", "44100,44100,3000", "44100,48000,440", "48000,44100,1000"})
  void segments_encodedEachByItself_meetWithoutASeam(int sourceRate, int rate, int hertz) {
    assertThat(worstAtBoundaries(sourceRate, rate, hertz, AudioJob.ENCODER_PRE_ROLL_FRAMES))
        .as("signal to noise in dB")
        .isGreaterThan(30);
  }

  @Test
  void segments_withoutPreRoll_haveASeam() {
    assertThat(worstAtBoundaries(48_000, 48_000, 440, 0)).isLessThan(15);
    assertThat(worstAtBoundaries(48_000, 48_000, 440, 1)).isLessThan(15);
  }

  private static double worstAtBoundaries(int sourceRate, int rate, int hertz, int preRoll) {
    AudioOutput output = new AudioOutput(rate, 2, 128);
    TestAudio.Sound sound = TestAudio.tone(hertz);
    TestAudio.Clip clip = TestAudio.clip(AudioInput.FLAC, sourceRate, 2, 1, 10, sound);
    long start = rate + 40L * FRAME;
    AudioRun run = AudioRun.segments(clip, output, start, FRAMES_EACH, SEGMENTS, preRoll);
    float[][] heard = TestAudio.decode(AudioRun.config(output), output, run.units);
    double worst = Double.MAX_VALUE;
    for (int boundary = 1; boundary < SEGMENTS; boundary++) {
      for (int frame = -3; frame < 6; frame++) {
        int from = (boundary * FRAMES_EACH + frame) * FRAME;
        worst = Math.min(worst, signalToNoise(sound, start + from, rate, heard, from));
      }
    }
    return worst;
  }

  private static double signalToNoise(
      TestAudio.Sound sound, long ticks, int rate, float[][] heard, int from) {
    double signal = 1e-9;
    double noise = 1e-9;
    for (int channel = 0; channel < heard.length; channel++) {
      for (int i = 0; i < FRAME; i++) {
        double wanted = sound.at((double) (ticks + i) / rate, channel);
        double off = heard[channel][from + i] - wanted;
        signal += wanted * wanted;
        noise += off * off;
      }
    }
    return 10 * Math.log10(signal / noise);
  }
}
