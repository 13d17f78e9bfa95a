package io.rostrum.transcode.storyboard;

import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.store.Sha256;
import io.rostrum.transcode.store.Uploads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The thumbnails of a segment on their way into the object store.
 *
 * @param msn the segment
 * @param strip the JPEG with all of them
 * @param poster the larger form of the first one that has one; null where none has, and behind the
 *     first minutes of a broadcast
 * @param fact what {@code stored} says of them, but for the sheet and the poster
 */
public record SegmentThumbnails(
    long msn, Uploads.StoredObject strip, Uploads.StoredObject poster, Fact.Thumbnails fact) {
  private static final Logger LOG = Logger.getLogger(SegmentThumbnails.class);
  private static final String CONTENT_TYPE = "image/jpeg";

  /**
   * Puts them together. A child that writes something else than pictures costs the segment its
   * thumbnails, and nothing more.
   */
  public static Optional<SegmentThumbnails> of(
      String broadcast, long msn, List<Thumbnail> thumbnails) {
    if (thumbnails.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<JpegStrip> pictures = new ArrayList<>();
      for (Thumbnail thumbnail : thumbnails) {
        pictures.add(JpegStrip.parse(thumbnail.jpeg()));
      }
      JpegStrip strip = JpegStrip.join(pictures);
      byte[] jpeg = strip.toBytes();
      String key = ObjectKeys.storyboard(broadcast, ObjectKeys.thumbnails(msn, Sha256.hex(jpeg)));
      Fact.Thumbnails fact =
          new Fact.Thumbnails(
              key,
              thumbnails.stream().map(Thumbnail::ticks).toList(),
              strip.width(),
              pictures.get(0).height(),
              strip.pitch(),
              null,
              null);
      return Optional.of(
          new SegmentThumbnails(
              msn,
              new Uploads.StoredObject(key, jpeg, CONTENT_TYPE),
              poster(broadcast, thumbnails),
              fact));
    } catch (MalformedJpegException e) {
      LOG.errorf(
          "Thumbnails left out, the codec worker made something else: broadcast=%s msn=%d error=%s",
          broadcast, msn, e.getMessage());
      return Optional.empty();
    }
  }

  private static Uploads.StoredObject poster(String broadcast, List<Thumbnail> thumbnails) {
    return thumbnails.stream()
        .map(Thumbnail::poster)
        .filter(poster -> poster.length > 0)
        .findFirst()
        .map(
            poster ->
                new Uploads.StoredObject(
                    ObjectKeys.storyboard(broadcast, ObjectKeys.poster(Sha256.hex(poster))),
                    poster,
                    CONTENT_TYPE))
        .orElse(null);
  }

  /** A sheet of these strips, in their order. */
  static Uploads.StoredObject sheet(String broadcast, long firstMsn, List<byte[]> strips)
      throws MalformedJpegException {
    List<JpegStrip> parsed = new ArrayList<>();
    for (byte[] strip : strips) {
      parsed.add(JpegStrip.parse(strip));
    }
    byte[] jpeg = JpegStrip.join(parsed).toBytes();
    String name = ObjectKeys.thumbnailSheet(firstMsn, Sha256.hex(jpeg));
    return new Uploads.StoredObject(ObjectKeys.storyboard(broadcast, name), jpeg, CONTENT_TYPE);
  }
}
