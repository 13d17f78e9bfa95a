package io.rostrum.webrtc.sdp;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.ice.IceCredentials;
import java.util.List;
import java.util.Optional;

/**
 * The body of a WHIP {@code PATCH}, RFC 8840 §9: candidates of the client, or the credentials of an
 * ICE restart. Candidates are counted only: a lite agent never calls.
 *
 * @param ufrag empty where absent
 * @param password empty where absent
 */
public record SdpFragment(String ufrag, String password, int candidates) {

  public static SdpFragment parse(String text) throws WebRtcException {
    Transport transport = Transport.NONE;
    int candidates = 0;
    for (SdpLine line : SdpLine.read(text)) {
      if (line.isAttribute("candidate")) {
        candidates++;
      } else if (line.type() == 'a') {
        transport = transport.with(line.value().split(":", 2)[0], line.attributeValue());
      } else if (line.type() != 'm') {
        throw WebRtcException.malformed(SdpLine.FORMAT, "line that belongs in no fragment");
      }
    }
    return new SdpFragment(
        Optional.ofNullable(transport.iceUfrag()).orElse(""),
        Optional.ofNullable(transport.icePassword()).orElse(""),
        candidates);
  }

  /** The answer to an ICE restart, RFC 9725 §4.3.3. */
  public static String restarted(IceCredentials local, List<Candidate> candidates) {
    StringBuilder text = new StringBuilder();
    text.append("a=ice-lite\r\n");
    text.append("a=ice-ufrag:").append(local.ufrag()).append("\r\n");
    text.append("a=ice-pwd:").append(local.password()).append("\r\n");
    candidates.forEach(candidate -> text.append(candidate.toLine()).append("\r\n"));
    return text.append("a=end-of-candidates\r\n").toString();
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "SdpFragment[" + ufrag + ", candidates=" + candidates + "]";
  }
}
