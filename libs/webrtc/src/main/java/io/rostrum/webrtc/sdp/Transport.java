package io.rostrum.webrtc.sdp;

import io.rostrum.webrtc.WebRtcException;

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
      // RFC 8122 §5 allows several, of which the strongest is to be used; the first that is read
      // here is SHA-256 with everybody.
      case "fingerprint" ->
          new Transport(
              iceUfrag,
              icePassword,
              fingerprint == null || !value.startsWith("sha-1 ") ? value : fingerprint,
              setup);
      case "setup" -> new Transport(iceUfrag, icePassword, fingerprint, value);
      default -> this;
    };
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
