package io.rostrum.transcode.timeline;

import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.transcode.store.Uploads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Writes timelines into the object store, next to the segments that they are about. */
public final class TimelineArchive {
  private static final int FIRST_REVISION = 0;

  private final TimelineReader reader;
  private final Uploads uploads;

  public TimelineArchive(TimelineReader reader, Uploads uploads) {
    this.reader = reader;
    this.uploads = uploads;
  }

  /**
   * Writes a page of the facts {@code fromSeq} to before {@code toSeq}.
   *
   * @param done called in an upload thread with an offset of the timeline's partition behind the
   *     last of them
   */
  public void page(
      int partition,
      String broadcast,
      long fromOffset,
      long fromSeq,
      long toSeq,
      Consumer<Long> done) {
    long[] end = new long[1];
    uploads.submit(
        "page of " + broadcast,
        () -> {
          TimelineReader.Facts facts =
              reader.read(partition, broadcast, fromOffset, fromSeq, toSeq);
          uploads.putNow(
              new Uploads.StoredObject(
                  ObjectKeys.timelinePage(broadcast, fromSeq),
                  facts.ndjson(),
                  "application/x-ndjson"));
          end[0] = facts.endOffset();
        },
        () -> done.accept(end[0]));
  }

  /**
   * Writes the whole timeline of a broadcast that is over.
   *
   * @param facts how many there are
   * @param done called in an upload thread
   */
  public void finished(
      int partition, String broadcast, long fromOffset, long facts, Runnable done) {
    uploads.submit(
        "timeline of " + broadcast,
        () -> {
          byte[] ndjson = reader.read(partition, broadcast, fromOffset, 0, facts).ndjson();
          uploads.putNow(
              new Uploads.StoredObject(
                  ObjectKeys.finishedTimeline(broadcast, FIRST_REVISION),
                  gzip(ndjson),
                  "application/gzip"));
        },
        done);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 8 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("an array stream does not fail", e);
    }
    return zipped.toByteArray();
  }
}
