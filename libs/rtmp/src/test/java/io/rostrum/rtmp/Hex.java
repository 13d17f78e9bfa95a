package io.rostrum.rtmp;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Wire fixtures as annotated hex: one field a line, {@code #} starts a comment. */
public final class Hex {

  private Hex() {}

  public static byte[] bytes(String annotated) {
    StringBuilder digits = new StringBuilder();
    for (String line : annotated.split("\n", -1)) {
      digits.append(line.replaceFirst("#.*", "").replaceAll("\\s", ""));
    }
    return HexFormat.of().parseHex(digits);
  }

  public static byte[] concat(byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  /** {@code length} bytes counting up from {@code first}. */
  public static byte[] run(int first, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }
}
