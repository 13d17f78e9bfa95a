package io.rostrum.playback.segment;

/**
 * Names a segment in one rendition.
 *
 * @param broadcast the broadcast's id
 * @param rendition the rendition's name
 * @param msn media sequence number
 */
public record SegmentRef(String broadcast, String rendition, long msn) {
  /** A file name: ids and rendition names hold only letters and digits. */
  String fileName() {
    return broadcast + "-" + rendition + "-" + msn + ".m4s";
  }
}
