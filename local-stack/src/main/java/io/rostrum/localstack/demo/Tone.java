package io.rostrum.localstack.demo;

/**
 * The sound of the demo: a quiet hum, and a beep of a tenth of a second whenever the clock's second
 * changes.
 */
final class Tone {

  static final int SAMPLE_RATE = 48_000;

  private static final double HUM_HZ = 220;
  private static final double HUM_LEVEL = 0.02;
  private static final double BEEP_HZ = 1_000;
  private static final double BEEP_LEVEL = 0.25;
  private static final int BEEP_SAMPLES = SAMPLE_RATE / 10;
  private static final int RAMP_SAMPLES = SAMPLE_RATE / 200;

  private Tone() {}

  /**
   * Fills a buffer.
   *
   * @param firstSample ordinal of the first; a multiple of {@value #SAMPLE_RATE} is the start of a
   *     second
   */
  static void fill(float[] samples, long firstSample) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = at(firstSample + i);
    }
  }

  private static float at(long sample) {
    int inSecond = (int) (sample % SAMPLE_RATE);
    double seconds = (double) inSecond / SAMPLE_RATE;
    // Whole numbers of periods per second: no step where one second meets the next.
    double value = HUM_LEVEL * Math.sin(2 * Math.PI * HUM_HZ * seconds);
    if (inSecond < BEEP_SAMPLES) {
      double ramp =
          Math.min(1, Math.min(inSecond, BEEP_SAMPLES - inSecond) / (double) RAMP_SAMPLES);
      value += ramp * BEEP_LEVEL * Math.sin(2 * Math.PI * BEEP_HZ * seconds);
    }
    return (float) value;
  }
}
