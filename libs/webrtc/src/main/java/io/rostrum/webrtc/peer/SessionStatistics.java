package io.rostrum.webrtc.peer;

import io.rostrum.webrtc.rtp.TrackStatistics;
import java.util.Map;

/**
 * How a session came in so far.
 *
 * @param bytesReceived datagrams of RTP, repairs included
 * @param packetsRefused could not be opened or read
 * @param tracks by kind, "audio" and "video"
 */
public record SessionStatistics(
    long bytesReceived, long packetsRefused, Map<String, TrackStatistics> tracks) {
  public SessionStatistics {
    tracks = Map.copyOf(tracks);
  }
}
