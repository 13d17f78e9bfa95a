package io.rostrum.playback.storyboard;

import io.rostrum.contracts.timeline.Fact;
import java.util.Locale;

/**
 * A picture and when it is shown.
 *
 * @param startTicks from when on, on the broadcast's media clock, 90 kHz
 * @param endTicks until when
 * @param image name of the JPEG it is in
 * @param top its first row there
 * @param width in pixels
 * @param height in pixels
 */
record Cue(long startTicks, long endTicks, String image, int top, int width, int height) {
  private static final String FOLDER = "storyboard/";

  Cue until(long ticks) {
    return new Cue(startTicks, ticks, image, top, width, height);
  }

  /** The same picture in another JPEG. */
  Cue in(String sheet, int row) {
    return new Cue(startTicks, endTicks, sheet, row, width, height);
  }

  /**
   * Appends it as a WebVTT cue (W3C WebVTT §4.1), its payload a Media Fragments URI (§4.2.2 there:
   * {@code xywh} in pixels); nothing where it is not shown for a millisecond.
   *
   * @param prefix from the file to the broadcast's folder
   * @param zeroTicks where the file's time starts
   */
  void appendTo(StringBuilder text, String prefix, long zeroTicks) {
    long startMs = ms(startTicks - zeroTicks);
    long endMs = ms(endTicks - zeroTicks);
    if (endMs <= startMs) {
      return;
    }
    time(text, startMs);
    text.append(" --> ");
    time(text, endMs);
    text.append('\n').append(prefix).append(FOLDER).append(image);
    text.append("#xywh=0,").append(top).append(',').append(width).append(',').append(height);
    text.append("\n\n");
  }

  private static long ms(long ticks) {
    return Math.max(0, ticks) * 1000 / Fact.CLOCK_HZ;
  }

  private static void time(StringBuilder text, long ms) {
    text.append(
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d.%03d",
            ms / 3_600_000,
            ms / 60_000 % 60,
            ms / 1000 % 60,
            ms % 1000));
  }
}
