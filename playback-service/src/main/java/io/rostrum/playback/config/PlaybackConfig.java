package io.rostrum.playback.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of playback, {@code rostrum.playback.*}. */
@ConfigMapping(prefix = "rostrum.playback")
public interface PlaybackConfig {
  /**
   * Shared with the catalog, which signs playback tokens with it: at least 32 bytes of UTF-8. A
   * change ends every viewer's session.
   */
  String secret();

  /**
   * EXT-X-TARGETDURATION in seconds, the longest segment. Players stop where it changes under them:
   * never change it while something is live.
   */
  @WithDefault("6")
  int targetDurationSeconds();

  /**
   * How long a client may take for one response once it is on its way. Default 60 s: who needs
   * longer for four seconds of media cannot watch, and holds memory.
   */
  @WithDefault("60s")
  Duration sendTimeout();

  /** What is kept in memory. */
  Memory memory();

  /** Segments on the local disk. */
  Spool spool();

  /** Other sites that show broadcasts. */
  Embed embed();

  /** Other sites that show broadcasts. */
  interface Embed {
    /**
     * Origins whose pages may frame the watch page, e.g. {@code https://intranet.example.com}.
     * Default: none but this one.
     */
    Optional<List<String>> pageOrigins();

    /**
     * Origins whose scripts may read playlists and media (CORS). {@code *} is any; requests of
     * other origins carry no cookies, so they get what is public or what they have a token for.
     */
    @WithDefault("*")
    List<String> mediaOrigins();
  }

  /** Memory bounds. */
  interface Memory {
    /**
     * Bytes of parts on the heap that are also in the spool or the object store; the oldest go
     * first. Parts that are in neither stay, whatever this says.
     */
    @WithDefault("67108864")
    long hotPartBytes();

    /**
     * Segments times renditions of ended broadcasts whose timeline is kept for the next viewer;
     * about 600 bytes each, the text of all their playlists included.
     */
    @WithDefault("200000")
    long endedSegments();
  }

  /** The spool: a cache that is empty after a start. */
  interface Spool {
    /** Where; one folder per node, emptied at start. Default: in the folder for temporary files. */
    Optional<String> dir();

    /** Bytes at most. Segments that are not in the object store yet are never evicted. */
    @WithDefault("4294967296")
    long maxBytes();
  }
}
