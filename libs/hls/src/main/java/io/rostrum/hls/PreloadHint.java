package io.rostrum.hls;

/**
 * EXT-X-PRELOAD-HINT (§4.4.5.3): what comes next, and may be asked for already.
 *
 * @param type what it is
 * @param uri the same as it will have when it is listed
 */
public record PreloadHint(Type type, String uri) {
  /** Kinds of hint. */
  public enum Type {
    /** The next part. */
    PART,
    /** The init segment of the next part, where it differs from the one before. */
    MAP
  }

  public PreloadHint {
    Uris.require(uri);
  }
}
