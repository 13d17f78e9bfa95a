package io.rostrum.webrtc.sdp;

import java.util.Map;

/**
 * One payload type of a media section.
 *
 * @param type 0 to 127
 * @param encoding name as sent; empty where no {@code a=rtpmap} names it
 * @param parameters of {@code a=fmtp}, names in lower case; where there is no '=', the name is the
 *     empty text
 * @param fmtp as sent; empty without
 */
record PayloadFormat(
    int type, String encoding, int clockRate, Map<String, String> parameters, String fmtp) {

  PayloadFormat {
    parameters = Map.copyOf(parameters);
  }

  String parameter(String name, String otherwise) {
    return parameters.getOrDefault(name, otherwise);
  }
}
