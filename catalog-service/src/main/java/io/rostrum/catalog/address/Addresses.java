package io.rostrum.catalog.address;

import jakarta.enterprise.context.ApplicationScoped;

/** The addresses of a broadcast: the same from its creation to its replay. */
@ApplicationScoped
public class Addresses {
  private final AddressConfig config;
  private final String origin;

  Addresses(AddressConfig config) {
    this.config = config;
    String url = config.publicUrl().toString();
    this.origin = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** The watch page. */
  public String watchUrl(String broadcastId) {
    return origin + "/watch/" + broadcastId;
  }

  /** The multivariant playlist; asks for the playback cookie unless the broadcast is public. */
  public String hlsUrl(String broadcastId) {
    return origin + hlsPath(broadcastId) + "/index.m3u8";
  }

  /** The multivariant playlist for players without cookies. */
  public String tokenHlsUrl(String broadcastId, String token) {
    return origin + hlsPath(broadcastId) + "/t/" + token + "/index.m3u8";
  }

  /** The path that holds everything of a broadcast, for the cookie's scope. */
  public String hlsPath(String broadcastId) {
    return "/hls/" + broadcastId;
  }

  /** Where a browser publishes (WHIP, RFC 9725). */
  public String whipUrl(String broadcastId) {
    return origin + "/whip/" + broadcastId;
  }

  /** What an encoder enters as server. */
  public String rtmpUrl() {
    return config.rtmpUrl();
  }

  /** What an encoder enters as server for RTMP over TLS. */
  public String rtmpsUrl() {
    return config.rtmpsUrl();
  }

  /** Whether viewers come over TLS. */
  public boolean isSecure() {
    return "https".equalsIgnoreCase(config.publicUrl().getScheme());
  }
}
