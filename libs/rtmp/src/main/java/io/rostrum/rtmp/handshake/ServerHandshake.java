package io.rostrum.rtmp.handshake;

import io.rostrum.rtmp.RtmpException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The server's side of the handshake, RTMP 1.0 §5.2.
 *
 * <pre>
 *   C0 C1 --> WAIT_C1 --(S0 S1 S2 out)--> WAIT_C2 --> DONE
 * </pre>
 *
 * <p>A C1 that carries a valid digest is answered with digests (what Flash-era players and some
 * hardware encoders insist on); any other C1 gets the simple handshake, where S2 is C1 unchanged:
 * clients exist that compare it. C2 is read and not judged, because many are wrong. Bytes after C2
 * are left in the buffer: clients may send {@code connect} at once.
 */
public final class ServerHandshake {

  /** Length of C1, S1, C2 and S2 in bytes. */
  public static final int PACKET_BYTES = 1536;

  private static final int VERSION = 3;
  // RTMP 1.0 §5.2.2: 32 and above are not allowed, so that RTMP can be told from text protocols.
  private static final int FIRST_TEXT_VERSION = 32;

  private final RandomGenerator random;
  private final byte[] c1 = new byte[PACKET_BYTES];
  private int versionRead = -1;
  private int c1Length;
  private int c2Length;
  private boolean digest;

  /**
   * @param random fills S1; need not be secure, the handshake protects nothing
   */
  public ServerHandshake(RandomGenerator random) {
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * Takes what it needs from {@code in}.
   *
   * @return bytes to send now, possibly none
   * @throws RtmpException if the peer does not speak RTMP, or only its encrypted variants
   */
  public byte[] receive(ByteBuffer in) {
    if (versionRead < 0 && in.hasRemaining()) {
      versionRead = checkVersion(in.get() & 0xFF);
    }
    byte[] answer = new byte[0];
    if (c1Length < PACKET_BYTES) {
      int n = Math.min(in.remaining(), PACKET_BYTES - c1Length);
      in.get(c1, c1Length, n);
      c1Length += n;
      if (c1Length == PACKET_BYTES) {
        answer = answer();
      }
    }
    if (c1Length == PACKET_BYTES) {
      int n = Math.min(in.remaining(), PACKET_BYTES - c2Length);
      in.position(in.position() + n);
      c2Length += n;
    }
    return answer;
  }

  /** Whether C2 is in and what follows are chunks. */
  public boolean isDone() {
    return c2Length == PACKET_BYTES;
  }

  /** Whether the digest handshake was spoken; meaningful once S1 is out. */
  public boolean usedDigest() {
    return digest;
  }

  private static int checkVersion(int version) {
    if (version >= FIRST_TEXT_VERSION) {
      throw RtmpException.malformed(
          0, "not RTMP: first byte is " + version + ", expected version 3");
    }
    if (version == 6 || version == 8 || version == 9) {
      throw RtmpException.unsupported(
          0, "encrypted RTMPE (version " + version + ") is not offered; use RTMP or RTMPS");
    }
    // RTMP 1.0 §5.2.2: a server that does not know the version answers 3; the client may go on or
    // leave.
    return version;
  }

  private byte[] answer() {
    byte[] s1 = new byte[PACKET_BYTES];
    random.nextBytes(s1);
    Arrays.fill(s1, 0, 8, (byte) 0);
    byte[] s2 = c1;
    // Bytes 4 to 7 are zero in the simple handshake and the player's version in the digest one.
    Optional<Digest.Schema> schema = isZero(c1, 4, 4) ? Optional.empty() : Digest.find(c1);
    if (schema.isPresent()) {
      digest = true;
      s1[4] = 4;
      s1[5] = 5;
      s1[7] = 1;
      Digest.sign(s1, schema.get());
      s2 = new byte[PACKET_BYTES];
      random.nextBytes(s2);
      Digest.answer(c1, schema.get(), s2);
    }
    return ByteBuffer.allocate(1 + 2 * PACKET_BYTES).put((byte) VERSION).put(s1).put(s2).array();
  }

  private static boolean isZero(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
