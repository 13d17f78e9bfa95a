package io.rostrum.playback.broadcast;

/** Relative addresses as playlists name them. Short: a day has twenty thousand of them. */
public final class MediaUris {
  private MediaUris() {}

  /** The folder of a revision in the broadcast's; empty for what was broadcast. */
  public static String folder(int revision) {
    return revision == 0 ? "" : "r" + revision + "/";
  }

  /**
   * @param prefix from the playlist's folder to the broadcast's, empty or ending in a slash
   */
  public static String segment(String prefix, String rendition, long msn) {
    return prefix + rendition + "/" + msn + ".m4s";
  }

  /**
   * @param prefix from the playlist's folder to the broadcast's, empty or ending in a slash
   */
  public static String part(String prefix, String rendition, long msn, int part) {
    return prefix + rendition + "/" + msn + "." + part + ".m4s";
  }

  /**
   * @param prefix from the playlist's folder to the broadcast's, empty or ending in a slash
   */
  public static String init(String prefix, String rendition, String hash) {
    return hash == null ? null : prefix + rendition + "/init-" + hash + ".mp4";
  }

  /** The playlist of a rendition from its start. */
  public static String event(String rendition) {
    return rendition + ".m3u8";
  }

  /**
   * The sliding playlist of a rendition. In the same folder as the other one, so that both share
   * the text of their segments.
   */
  public static String live(String rendition) {
    return "live-" + rendition + ".m3u8";
  }

  /** The picture at the start of a part, as a segment of its own. */
  public static String iframe(String rendition, long msn, int part) {
    return rendition + "/" + msn + "." + part + ".iframe.m4s";
  }

  /** The I-frames of what a media playlist lists. */
  public static String iframes(String mediaPlaylist) {
    return "iframes-" + mediaPlaylist;
  }
}
