package io.rostrum.playback.segment;

import io.rostrum.playback.config.PlaybackConfig;

/** Starts a spool without the container. */
public final class SpoolForTests {
  private SpoolForTests() {}

  public static Spool started(PlaybackConfig config) {
    Spool spool = new Spool(config, 0);
    spool.start();
    return spool;
  }
}
