package io.rostrum.hls;

/**
 * EXT-X-RENDITION-REPORT (§4.4.5.4): how far another rendition is, so that a player that switches
 * to it asks for the right part at once.
 *
 * @param uri of the other media playlist, relative
 * @param lastMsn its last segment, complete or not
 * @param lastPart its last part in that segment; -1 where it has none
 */
public record RenditionReport(String uri, long lastMsn, int lastPart) {
  public RenditionReport {
    Uris.require(uri);
    if (uri.contains("://")) {
      throw new IllegalArgumentException("§4.4.5.4: the URI of a rendition report is relative");
    }
  }
}
