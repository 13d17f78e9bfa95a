package io.rostrum.webrtc.sdp;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.Fingerprint;

/**
 * The attributes that say who is at the other end; those of a media section win over those of the
 * session. Null where absent.
 *
 * @param setup RFC 8842 §5.1: actpass, active or passive
 */
record Transport(String iceUfrag, String icePassword, String fingerprint, String setup) {

  static final Transport NONE = new Transport(null, null, null, null);

  /** With one more attribute, if it is one of these. */
  Transport with(String name, String value) throws WebRtcException {
    return switch (name) {
      // RFC 8839 §5.4
      case "ice-ufrag" -> new Transport(length(name, value, 4), icePassword, fingerprint, setup);
      case "ice-pwd" -> new Transport(iceUfrag, length(name, value, 22), fingerprint, setup);
      // RFC 8122 §5 allows several, of which one that is trusted is to be used.
      case "fingerprint" ->
          new Transport(
              iceUfrag,
              icePassword,
              fingerprint == null || Fingerprint.isTrusted(value) ? value : fingerprint,
              setup);
      case "setup" -> new Transport(iceUfrag, icePassword, fingerprint, value);
      default -> this;
    };
  }

  /** What {@code other} says where this says nothing. */
  Transport or(Transport other) {
    return new Transport(
        iceUfrag == null ? other.iceUfrag : iceUfrag,
        icePassword == null ? other.icePassword : icePassword,
        fingerprint == null ? other.fingerprint : fingerprint,
        setup == null ? other.setup : setup);
  }

  private static String length(String name, String value, int least) throws WebRtcException {
    if (value.length() < least || value.length() > 256) {
      throw WebRtcException.malformed(
          SdpLine.FORMAT, name + " of " + value.length() + " characters");
    }
    return value;
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "Transport[" + iceUfrag + ", " + setup + "]";
  }
}
