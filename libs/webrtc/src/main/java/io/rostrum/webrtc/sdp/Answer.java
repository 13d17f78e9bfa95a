package io.rostrum.webrtc.sdp;

import io.rostrum.webrtc.dtls.DtlsRole;
import io.rostrum.webrtc.dtls.Fingerprint;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.rtp.TrackFormat;
import java.util.List;

/**
 * What came of an offer.
 *
 * @param sdp to be sent back
 * @param remoteUfrag the client's name; another one later means that ICE restarts
 * @param local credentials that the client's checks must be signed with
 * @param role of this side in the DTLS handshake
 * @param expected certificate of the client
 * @param tracks what will be received; at least one
 * @param extensions ids of the header extensions in use
 */
public record Answer(
    String sdp,
    String remoteUfrag,
    IceCredentials local,
    DtlsRole role,
    Fingerprint expected,
    List<TrackFormat> tracks,
    HeaderExtensions extensions) {
  public Answer {
    tracks = List.copyOf(tracks);
  }

  /** Never the SDP, which holds a password. */
  @Override
  public String toString() {
    return "Answer[" + role + ", " + tracks + "]";
  }
}
