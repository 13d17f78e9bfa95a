package io.rostrum.playback.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
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

  /** PART-TARGET, the longest part; the same as in transcode. Never change it while live. */
  @WithDefault("500ms")
  Duration partTarget();

  /** What is kept in memory. */
  Memory memory();

  /** Segments on the local disk. */
  Spool spool();

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
     * about 400 bytes each.
     */
    @WithDefault("300000")
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
