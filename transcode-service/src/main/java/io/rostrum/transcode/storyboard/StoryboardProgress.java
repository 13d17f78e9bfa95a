package io.rostrum.transcode.storyboard;

import io.rostrum.contracts.timeline.Fact;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a broadcast's storyboard has come with the {@code stored} facts that are committed; part
 * of the checkpoint.
 *
 * @param open the segments with thumbnails that are in no sheet yet, in their order
 * @param poster whether the broadcast has its poster
 */
public record StoryboardProgress(List<Strip> open, boolean poster) {
  /** Before the first thumbnail. */
  public static final StoryboardProgress START = new StoryboardProgress(List.of(), false);

  public StoryboardProgress {
    open = List.copyOf(open);
  }

  /**
   * The thumbnails of a segment, in the object store.
   *
   * @param key object key
   * @param pictures how many
   * @param width of one in pixels
   * @param height of one in pixels
   */
  public record Strip(long msn, String key, int pictures, int width, int height) {
    static Strip of(long msn, Fact.Thumbnails stored) {
      return new Strip(msn, stored.key(), stored.ticks().size(), stored.width(), stored.height());
    }
  }

  /** Behind the {@code stored} fact of a segment; {@code stored} is null where it has none. */
  public StoryboardProgress behind(long msn, Fact.Thumbnails stored, StoryboardRules rules) {
    if (stored == null) {
      return this;
    }
    List<Strip> run = runWith(Strip.of(msn, stored));
    return new StoryboardProgress(
        rules.fills(run) ? List.of() : run, poster || stored.poster() != null);
  }

  /**
   * The segments that can be in one sheet with {@code next}, it being the last. Those of another
   * size stay without a sheet.
   */
  List<Strip> runWith(Strip next) {
    List<Strip> run = new ArrayList<>(open);
    run.removeIf(strip -> strip.width() != next.width() || strip.height() != next.height());
    run.add(next);
    return run;
  }
}
