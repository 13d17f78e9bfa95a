package io.rostrum.playback.segment;

/**
 * Names a segment in one rendition.
 *
 * @param broadcast the broadcast's id
 * @param revision of its recording; 0 for what was broadcast
 * @param rendition the rendition's name
 * @param msn media sequence number
 */
public record SegmentRef(String broadcast, int revision, String rendition, long msn) {
  /** A segment of what is being, or was, broadcast. */
  public SegmentRef(String broadcast, String rendition, long msn) {
    this(broadcast, 0, rendition, msn);
  }

  /** A file name: ids and rendition names hold only letters and digits. */
  String fileName() {
    return broadcast + "-r" + revision + "-" + rendition + "-" + msn + ".m4s";
  }
}
