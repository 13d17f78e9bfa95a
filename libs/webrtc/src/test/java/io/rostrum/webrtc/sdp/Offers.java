package io.rostrum.webrtc.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Offers to answer. */
public final class Offers {

  private Offers() {}

  /** As a browser writes it, shortened. */
  public static String browser() {
    return read("/sdp/browser.sdp");
  }

  /**
   * As Firefox writes it where all is to be bundled: the video has no port and a fingerprint of the
   * session.
   */
  static String firefox() {
    return read("/sdp/firefox.sdp");
  }

  /** As webrtcbin of GStreamer 1.22 writes it where all is to be bundled: the sound has no port. */
  static String gstreamer() {
    return read("/sdp/gstreamer.sdp");
  }

  /** As aiortc 1.4 writes it: with candidates, and ports of its own for each section. */
  static String aiortc() {
    return read("/sdp/aiortc.sdp");
  }

  /** As Safari writes it, shortened: HEVC first. */
  static String safari() {
    return read("/sdp/safari.sdp");
  }

  /**
   * As libdatachannel writes it, which OBS uses: transport for all sections, no retransmissions.
   */
  public static String libdatachannel() {
    return read("/sdp/libdatachannel.sdp");
  }

  private static String read(String name) {
    try (InputStream in = Offers.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with the video formats in another order. */
  static String browser(String videoFormats) {
    return browser().replace("96 97 103 104 107 108 98 99 45 46", videoFormats);
  }
}
