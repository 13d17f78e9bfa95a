package io.rostrum.rtmp.flv;

/** Four characters as the 32-bit number they are on the wire. */
final class FourCc {

  private FourCc() {}

  static boolean matches(String fourCc, int value) {
    return fourCc.charAt(0) == (value >>> 24)
        && fourCc.charAt(1) == (value >>> 16 & 0xFF)
        && fourCc.charAt(2) == (value >>> 8 & 0xFF)
        && fourCc.charAt(3) == (value & 0xFF);
  }
}
