package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.h264.SpsReorder;
import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.VideoInput;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Takes the VUI, and with it the reorder count, out of a clip's SPS: what many hardware encoders
 * send.
 */
final class WithoutVui {
  private WithoutVui() {}

  static TestVideo.Clip of(TestVideo.Clip clip) {
    VideoInput input = clip.input();
    byte[] avcC = input.decoderConfig();
    int length = (avcC[6] & 0xFF) << 8 | avcC[7] & 0xFF;
    byte[] rbsp = unescape(Arrays.copyOfRange(avcC, 8, 8 + length));
    int flag = SpsReorder.ofAvcC(avcC).vuiFlagBit();
    byte[] cut = Arrays.copyOf(rbsp, flag / 8 + 2);
    setBit(cut, flag, 0);
    setBit(cut, flag + 1, 1);
    for (int bit = flag + 2; bit < cut.length * 8; bit++) {
      setBit(cut, bit, 0);
    }
    byte[] sps =
        escape((flag + 1) / 8 + 1 == cut.length ? cut : Arrays.copyOf(cut, cut.length - 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(avcC, 0, 6);
    out.write(sps.length >>> 8);
    out.write(sps.length);
    out.writeBytes(sps);
    out.write(avcC, 8 + length, avcC.length - 8 - length);
    return new TestVideo.Clip(
        new VideoInput(
            input.codec(), out.toByteArray(), input.width(), input.height(), input.timescale()),
        clip.samples());
  }

  private static void setBit(byte[] bytes, int bit, int value) {
    int mask = 0x80 >> (bit & 7);
    bytes[bit >> 3] = (byte) (value == 1 ? bytes[bit >> 3] | mask : bytes[bit >> 3] & ~mask);
  }

  private static byte[] unescape(byte[] nal) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < nal.length; i++) {
      if (i < 2 || nal[i] != 3 || nal[i - 1] != 0 || nal[i - 2] != 0) {
        out.write(nal[i]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] escape(byte[] rbsp) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (byte b : rbsp) {
      if (zeros == 2 && b >= 0 && b <= 3) {
        out.write(3);
        zeros = 0;
      }
      zeros = b == 0 ? zeros + 1 : 0;
      out.write(b);
    }
    return out.toByteArray();
  }
}
