package io.rostrum.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Playlists as text, and what can be read off them. */
final class Playlists {
  private static final Pattern EXTINF = Pattern.compile("#EXTINF:([0-9.]+)");

  private Playlists() {}

  /** The lines that are addresses. */
  static List<String> uris(String playlist) {
    return playlist.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  /** Addresses of all media playlists of a multivariant one, relative to it. */
  static List<String> children(String multivariant) {
    List<String> children = new ArrayList<>(uris(multivariant));
    Matcher media = Pattern.compile("#EXT-X-MEDIA:.*URI=\"([^\"]+)\"").matcher(multivariant);
    while (media.find()) {
      children.add(media.group(1));
    }
    return children;
  }

  static double seconds(String playlist) {
    Matcher matcher = EXTINF.matcher(playlist);
    double sum = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }

  static long segments(String playlist) {
    return EXTINF.matcher(playlist).results().count();
  }

  static boolean isEnded(String playlist) {
    return playlist.contains("#EXT-X-ENDLIST");
  }

  /** Holds a playlist against hls-parser in its strict mode; gives its complaints. */
  static String judge(String playlist) throws IOException, InterruptedException {
    Path file = Files.createTempFile("playlist", ".m3u8");
    try {
      Files.writeString(file, playlist);
      Process process =
          new ProcessBuilder(
                  "node",
                  Rostrum.checkout().resolve("system-tests/browser/judge.mjs").toString(),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes());
      process.waitFor(30, TimeUnit.SECONDS);
      return process.exitValue() == 0 ? "" : said;
    } finally {
      Files.delete(file);
    }
  }
}
