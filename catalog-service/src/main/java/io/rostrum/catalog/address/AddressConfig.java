package io.rostrum.catalog.address;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;

/**
 * Addresses as the outside sees them. They are handed out in answers; links sent around keep them.
 */
@ConfigMapping(prefix = "rostrum")
public interface AddressConfig {
  /**
   * Origin of the web app, {@code /hls} and {@code /whip} ({@code ROSTRUM_PUBLIC_URL}), without a
   * path. With {@code https} cookies become Secure.
   */
  @WithDefault("http://127.0.0.1:8080")
  URI publicUrl();

  /** What encoders enter as server ({@code ROSTRUM_RTMP_URL}). */
  @WithName("rtmp-url")
  @WithDefault("rtmp://127.0.0.1:1935/live")
  String rtmpUrl();

  /** The same with TLS ({@code ROSTRUM_RTMPS_URL}). */
  @WithName("rtmps-url")
  @WithDefault("rtmps://127.0.0.1:1936/live")
  String rtmpsUrl();
}
