package io.rostrum.hls;

/** EXT-X-PLAYLIST-TYPE (§4.4.3.5). A sliding playlist has none (§6.2.2). */
public enum PlaylistType {
  /** Only appended to. With EXT-X-ENDLIST it is complete; it does not become VOD. */
  EVENT,
  /** Never changes. */
  VOD
}
