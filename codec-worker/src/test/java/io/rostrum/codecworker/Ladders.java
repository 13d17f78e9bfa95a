package io.rostrum.codecworker;

import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.WorkerReply;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ladders for tests, and a name for what a worker made of a segment: a hash per rung over times and
 * bytes.
 */
final class Ladders {
  private static final FrameRate FPS_30 = new FrameRate(30, 1);
  static final Rung P360 =
      new Rung("360p", 640, 360, FPS_30, 23, 900, 900, 60, "veryfast", "high", 30);
  static final Rung P240 =
      new Rung("240p", 426, 240, FPS_30, 23, 500, 500, 60, "veryfast", "high", 21);
  static final List<Rung> TWO = List.of(P360, P240);

  private Ladders() {}

  static Map<String, String> hashes(List<WorkerReply> replies) throws NoSuchAlgorithmException {
    Map<String, MessageDigest> digests = new TreeMap<>();
    for (WorkerReply reply : replies) {
      if (reply instanceof WorkerReply.Encoded frame) {
        MessageDigest digest = digests.get(frame.rung());
        if (digest == null) {
          digest = MessageDigest.getInstance("SHA-256");
          digests.put(frame.rung(), digest);
        }
        digest.update(
            ByteBuffer.allocate(25)
                .putLong(frame.dtsTicks())
                .putLong(frame.ptsTicks())
                .putInt(frame.durationTicks())
                .put((byte) (frame.sync() ? 1 : 0))
                .putInt(frame.data().length)
                .flip());
        digest.update(frame.data());
      }
    }
    Map<String, String> hashes = new TreeMap<>();
    digests.forEach((rung, digest) -> hashes.put(rung, HexFormat.of().formatHex(digest.digest())));
    return hashes;
  }
}
