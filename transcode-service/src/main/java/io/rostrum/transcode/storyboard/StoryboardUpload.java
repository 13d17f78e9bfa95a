package io.rostrum.transcode.storyboard;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.store.Uploads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What a segment adds to the storyboard when it is uploaded: its thumbnails, maybe the sheet that
 * they complete, maybe the poster.
 *
 * <p>What it adds follows from what is committed of the segments before it, and a sheet is made
 * from what is in the object store, so whoever repeats it does the same. Made in the owner loop's
 * thread, run in an upload thread, as often as it takes.
 */
public final class StoryboardUpload {
  private static final Logger LOG = Logger.getLogger(StoryboardUpload.class);

  /** More than the thumbnails of any segment have. */
  private static final int MAX_STRIP_BYTES = 16 * 1024 * 1024;

  private final String broadcast;
  private final SegmentThumbnails thumbnails;
  private final List<StoryboardProgress.Strip> sheet;
  private final boolean poster;
  private Fact.ThumbnailSheet made;

  /**
   * @param before what is committed
   */
  public StoryboardUpload(
      String broadcast,
      SegmentThumbnails thumbnails,
      StoryboardProgress before,
      StoryboardRules rules) {
    this.broadcast = broadcast;
    this.thumbnails = thumbnails;
    List<StoryboardProgress.Strip> run =
        before.runWith(StoryboardProgress.Strip.of(thumbnails.msn(), thumbnails.fact()));
    this.sheet = rules.fills(run) ? run : List.of();
    this.poster = thumbnails.poster() != null && !before.poster();
  }

  /**
   * Uploads the poster and the sheet, if they are due; behind the segment's own thumbnails.
   *
   * @throws IOException if the object store did not take or give something: run it again
   */
  public void run(Uploads uploads) throws IOException {
    if (poster) {
      uploads.putNow(thumbnails.poster());
    }
    if (!sheet.isEmpty()) {
      made = makeSheet(uploads);
    }
  }

  /** Null where the sheet cannot be made, ever: its thumbnails stay as they are. */
  private Fact.ThumbnailSheet makeSheet(Uploads uploads) throws IOException {
    long firstMsn = sheet.get(0).msn();
    List<byte[]> strips = new ArrayList<>();
    for (StoryboardProgress.Strip strip : sheet) {
      Optional<byte[]> bytes = uploads.store().find(strip.key(), MAX_STRIP_BYTES);
      if (bytes.isEmpty()) {
        LOG.errorf(
            "Sheet of thumbnails left out, the object store has lost one: broadcast=%s key=%s",
            broadcast, strip.key());
        return null;
      }
      strips.add(bytes.get());
    }
    try {
      Uploads.StoredObject object = SegmentThumbnails.sheet(broadcast, firstMsn, strips);
      uploads.putNow(object);
      return new Fact.ThumbnailSheet(object.key(), firstMsn);
    } catch (MalformedJpegException e) {
      LOG.errorf(
          "Sheet of thumbnails left out, they do not fit together: broadcast=%s firstMsn=%d"
              + " error=%s",
          broadcast, firstMsn, e.getMessage());
      return null;
    }
  }

  /** What {@code stored} says, once it has run. */
  public Fact.Thumbnails fact() {
    Fact.Thumbnails fact = thumbnails.fact();
    return new Fact.Thumbnails(
        fact.key(),
        fact.ticks(),
        fact.width(),
        fact.height(),
        fact.pitch(),
        made,
        poster ? thumbnails.poster().key() : null);
  }
}
