package io.rostrum.transcode.storyboard;

import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.config.TranscodeConfig;
import java.util.List;

/**
 * Which pictures a storyboard has. Everything follows from media times, so that whoever makes a
 * segment again makes the same pictures.
 *
 * @param intervalMs media time between two thumbnails
 * @param perSheet a sheet is full when it has so many, or one more
 */
public record StoryboardRules(int intervalMs, int perSheet) {
  private static final int WIDTH_PIXELS = 160;
  private static final int POSTER_WIDTH_PIXELS = 640;

  /** Who has shown nothing but black until then gets no poster. */
  private static final long POSTER_UNTIL_TICKS = 5 * 60 * Fact.CLOCK_HZ;

  /** So that a sheet of high, narrow pictures is still a JPEG. */
  private static final int MOST_PER_SHEET = 100;

  public StoryboardRules {
    if (intervalMs < 100 || intervalMs > 60_000) {
      throw new IllegalArgumentException(
          "rostrum.transcode.storyboard.interval is 100 ms to 60 s, not " + intervalMs + " ms");
    }
    if (perSheet < 1 || perSheet > MOST_PER_SHEET) {
      throw new IllegalArgumentException(
          "rostrum.transcode.storyboard.per-sheet is 1 to " + MOST_PER_SHEET + ", not " + perSheet);
    }
  }

  /** As configured. */
  public static StoryboardRules of(TranscodeConfig.Storyboard config) {
    return new StoryboardRules((int) config.interval().toMillis(), config.perSheet());
  }

  /**
   * What the codec child is asked for.
   *
   * @param startTicks media time of the segment's start, 90 kHz
   * @param fresh whether it is not the continuation of the segment before it
   */
  public WorkerRequest.ConfigureThumbnails wanted(long startTicks, boolean fresh) {
    return new WorkerRequest.ConfigureThumbnails(
        WIDTH_PIXELS, intervalMs, startTicks < POSTER_UNTIL_TICKS ? POSTER_WIDTH_PIXELS : 0, fresh);
  }

  /** Whether these make a full sheet. */
  boolean fills(List<StoryboardProgress.Strip> strips) {
    return strips.stream().mapToInt(StoryboardProgress.Strip::pictures).sum() >= perSheet;
  }
}
