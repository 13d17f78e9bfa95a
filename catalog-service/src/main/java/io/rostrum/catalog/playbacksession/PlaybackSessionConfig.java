package io.rostrum.catalog.playbacksession;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Playback sessions. */
@ConfigMapping(prefix = "rostrum.playback")
public interface PlaybackSessionConfig {
  /**
   * Shared with playback ({@code ROSTRUM_PLAYBACK_SECRET}), 32 bytes at least; no default. A new
   * one ends all sessions.
   */
  String secret();

  /**
   * How long a session lasts. It may be long: playback holds it against the audience of the moment,
   * so whoever is taken out of the audience is out at once. What it bounds is for how long somebody
   * who left a group still counts as a member.
   */
  @WithDefault("12h")
  Duration sessionTtl();
}
