package io.rostrum.codecworker.audio;

import io.rostrum.contracts.codec.AudioOutput;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts sound into frames of {@link AudioOutput#SAMPLES_PER_FRAME} samples that start at a given
 * time and follow each other without holes: what is missing is silence, what comes twice is left
 * out. Times are in the output's sample rate.
 */
final class FrameCutter {
  private final Consumer<float[][]> frames;
  private final float[][] open;
  private long openTicks;
  private int filled;

  /**
   * @param startTicks where the first frame starts
   * @param frames gets each frame; the arrays are used again
   */
  FrameCutter(int channels, long startTicks, Consumer<float[][]> frames) {
    this.open = new float[channels][AudioOutput.SAMPLES_PER_FRAME];
    this.openTicks = startTicks;
    this.frames = frames;
  }

  /** Takes sound that starts at {@code ticks}. */
  void add(long ticks, float[][] planes) {
    silenceTo(ticks);
    int length = planes[0].length;
    long skip = openTicks + filled - ticks;
    for (int at = (int) Math.min(length, Math.max(0, skip)); at < length; ) {
      int count = Math.min(length - at, AudioOutput.SAMPLES_PER_FRAME - filled);
      for (int i = 0; i < open.length; i++) {
        System.arraycopy(planes[i], at, open[i], filled, count);
      }
      at += count;
      advance(count);
    }
  }

  /** Fills up with silence to {@code ticks}, if it is not there yet. */
  void silenceTo(long ticks) {
    while (openTicks + filled < ticks) {
      int count =
          (int) Math.min(AudioOutput.SAMPLES_PER_FRAME - filled, ticks - openTicks - filled);
      for (float[] plane : open) {
        Arrays.fill(plane, filled, filled + count, 0);
      }
      advance(count);
    }
  }

  /** Where the frame starts that is being filled. */
  long openTicks() {
    return openTicks;
  }

  private void advance(int count) {
    filled += count;
    if (filled == AudioOutput.SAMPLES_PER_FRAME) {
      frames.accept(open);
      openTicks += filled;
      filled = 0;
    }
  }
}
