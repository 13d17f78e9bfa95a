package io.rostrum.playback.http;

import io.rostrum.contracts.Ids;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.playback.clip.ClipRange;
import io.rostrum.playback.storyboard.StoryboardImages;
import java.util.Optional;

/**
 * The path of a request: {@code /hls/{id}/…} or {@code /hls/{id}/t/{token}/…}, where the rest may
 * begin with {@code r{revision}/}.
 *
 * @param broadcast the broadcast's id
 * @param token from the path; null for none. Never logged
 * @param revision which revision of the recording; 0 for what was broadcast
 * @param target what it names
 */
record HlsPath(String broadcast, String token, int revision, HlsTarget target) {
  private static final String ROOT = "/hls/";
  private static final String LIVE = "live-";
  private static final String IFRAMES = "iframes-";
  private static final String IFRAME = ".iframe";
  private static final String PLAYLIST = ".m3u8";
  private static final String STORYBOARD = "storyboard";
  private static final String STORYBOARD_FILE = "storyboard.vtt";

  /** More repairs than anybody asks for. */
  private static final int MAX_REVISION = 999_999;

  /** The path in its parts; empty if it has the form of nothing that exists. */
  static Optional<HlsPath> parse(String path) {
    if (path == null || !path.startsWith(ROOT)) {
      return Optional.empty();
    }
    int slash = path.indexOf('/', ROOT.length());
    if (slash < 0) {
      return Optional.empty();
    }
    String id = path.substring(ROOT.length(), slash);
    if (!Ids.isId(id)) {
      return Optional.empty();
    }
    String rest = path.substring(slash + 1);
    String token = null;
    if (rest.startsWith("t/")) {
      int end = rest.indexOf('/', 2);
      if (end < 0) {
        return Optional.empty();
      }
      token = rest.substring(2, end);
      rest = rest.substring(end + 1);
    }
    int slashed = rest.indexOf('/');
    int revision = slashed < 0 ? 0 : revision(rest.substring(0, slashed));
    HlsTarget target = target(revision == 0 ? rest : rest.substring(slashed + 1));
    return target == null || revision > 0 && !target.isOfRecording()
        ? Optional.empty()
        : Optional.of(new HlsPath(id, token, revision, target));
  }

  /** The number in {@code r{number}}, from 1; 0 where it is something else. */
  private static int revision(String folder) {
    long number = folder.startsWith("r") ? number(folder.substring(1)) : 0;
    return number > 0 && number <= MAX_REVISION ? (int) number : 0;
  }

  private static HlsTarget target(String rest) {
    int slash = rest.indexOf('/');
    if (slash < 0) {
      return playlist(rest);
    }
    String folder = rest.substring(0, slash);
    String file = rest.substring(slash + 1);
    if ("c".equals(folder)) {
      return clip(file);
    }
    if (STORYBOARD.equals(folder)) {
      return StoryboardImages.isName(file) ? new HlsTarget.Thumbnails(file) : null;
    }
    return Rendition.isName(folder) ? media(folder, file) : null;
  }

  private static HlsTarget playlist(String file) {
    if (STORYBOARD_FILE.equals(file)) {
      return new HlsTarget.Storyboard();
    }
    if ("poster.jpg".equals(file)) {
      return new HlsTarget.Poster();
    }
    if (!file.endsWith(PLAYLIST)) {
      return null;
    }
    String name = file.substring(0, file.length() - PLAYLIST.length());
    if ("index".equals(name)) {
      return new HlsTarget.Index();
    }
    if ("live".equals(name)) {
      return new HlsTarget.LiveIndex();
    }
    boolean pictures = name.startsWith(IFRAMES);
    String listed = pictures ? name.substring(IFRAMES.length()) : name;
    boolean sliding = listed.startsWith(LIVE);
    String rendition = sliding ? listed.substring(LIVE.length()) : listed;
    if (!Rendition.isName(rendition)) {
      return null;
    }
    return pictures
        ? new HlsTarget.Iframes(rendition, sliding)
        : new HlsTarget.Media(rendition, sliding);
  }

  private static HlsTarget clip(String rest) {
    int slash = rest.indexOf('/');
    int dash = rest.indexOf('-');
    if (slash < 0 || dash < 0 || dash > slash) {
      return null;
    }
    long first = number(rest.substring(0, dash));
    String last = rest.substring(dash + 1, slash);
    long lastMsn = last.isEmpty() ? -1 : number(last);
    if (first < 0 || !last.isEmpty() && lastMsn < first) {
      return null;
    }
    ClipRange range = new ClipRange(first, lastMsn);
    String file = rest.substring(slash + 1);
    if (STORYBOARD_FILE.equals(file)) {
      return new HlsTarget.ClipStoryboard(range);
    }
    String rendition =
        file.endsWith(PLAYLIST) ? file.substring(0, file.length() - PLAYLIST.length()) : "";
    return Rendition.isName(rendition) ? new HlsTarget.Clip(range, rendition) : null;
  }

  private static HlsTarget media(String rendition, String file) {
    if (file.startsWith("init-") && file.endsWith(".mp4")) {
      return new HlsTarget.Init(rendition, file.substring(5, file.length() - 4));
    }
    if (!file.endsWith(".m4s")) {
      return null;
    }
    String named = file.substring(0, file.length() - 4);
    boolean picture = named.endsWith(IFRAME);
    String name = picture ? named.substring(0, named.length() - IFRAME.length()) : named;
    int dot = name.indexOf('.');
    long msn = number(dot < 0 ? name : name.substring(0, dot));
    long part = dot < 0 ? 0 : number(name.substring(dot + 1));
    if (msn < 0 || part < 0 || part > 10_000) {
      return null;
    }
    if (picture) {
      return dot < 0 ? null : new HlsTarget.Iframe(rendition, msn, (int) part);
    }
    return dot < 0
        ? new HlsTarget.Segment(rendition, msn)
        : new HlsTarget.Part(rendition, msn, (int) part);
  }

  /** A decimal number of at most 12 digits in the one form that playlists use; -1 otherwise. */
  static long number(String text) {
    int length = text.length();
    if (length == 0 || length > 12 || (length > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + (c - '0');
    }
    return value;
  }

  @Override
  public String toString() {
    return broadcast + " " + target;
  }
}
