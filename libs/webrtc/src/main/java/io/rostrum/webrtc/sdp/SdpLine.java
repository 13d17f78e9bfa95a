package io.rostrum.webrtc.sdp;

import io.rostrum.webrtc.WebRtcException;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of SDP, RFC 8866 §5.
 *
 * @param type one letter
 */
record SdpLine(char type, String value) {

  static final String FORMAT = "SDP";
  static final int MAX_CHARACTERS = 64 * 1024;
  private static final int MAX_LINES = 4_000;
  private static final int MAX_LINE_CHARACTERS = 8 * 1024;

  /** All lines of a text, whatever ends them. */
  static List<SdpLine> read(String text) throws WebRtcException {
    if (text.length() > MAX_CHARACTERS) {
      throw WebRtcException.limit(FORMAT, "too long", MAX_CHARACTERS);
    }
    List<SdpLine> lines = new ArrayList<>();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.isEmpty()) {
        continue;
      }
      if (lines.size() >= MAX_LINES) {
        throw WebRtcException.limit(FORMAT, "too many lines", MAX_LINES);
      }
      if (line.length() > MAX_LINE_CHARACTERS) {
        throw WebRtcException.limit(FORMAT, "line too long", MAX_LINE_CHARACTERS);
      }
      if (line.length() < 2 || line.charAt(1) != '=') {
        throw WebRtcException.malformed(FORMAT, "line without '=' behind its letter");
      }
      lines.add(new SdpLine(line.charAt(0), line.substring(2)));
    }
    return lines;
  }

  /** Whether it is {@code a=name} or {@code a=name:...}. */
  boolean isAttribute(String name) {
    return type == 'a' && (value.equals(name) || value.startsWith(name + ":"));
  }

  /** What follows the attribute's name; empty where nothing does. */
  String attributeValue() {
    int colon = value.indexOf(':');
    return colon < 0 ? "" : value.substring(colon + 1).trim();
  }

  /** A number of up to nine digits. */
  static int number(String text) throws WebRtcException {
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw WebRtcException.malformed(FORMAT, "no number where one belongs");
    }
    return Integer.parseInt(text);
  }

  /** An SSRC: 32 unsigned bits. */
  static int ssrc(String text) throws WebRtcException {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw WebRtcException.malformed(FORMAT, "no SSRC where one belongs");
    }
  }
}
