package io.rostrum.rtmp.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.rtmp.Hex;
import io.rostrum.rtmp.RtmpException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHandshakeTest {

  private static final int PACKET = ServerHandshake.PACKET_BYTES;

  private final ServerHandshake handshake = new ServerHandshake(new Random(1));

  @Test
  void simpleHandshake_c1_echoedInS2() {
    byte[] c1 = simpleC1();

    byte[] answer = handshake.receive(ByteBuffer.wrap(Hex.concat(new byte[] {3}, c1)));

    assertThat(answer).hasSize(1 + 2 * PACKET).startsWith((byte) 3);
    assertThat(Arrays.copyOfRange(answer, 1 + PACKET, answer.length)).isEqualTo(c1);
    assertThat(handshake.usedDigest()).isFalse();
    assertThat(handshake.isDone()).isFalse();
  }

  @Test
  void handshake_c2ThatDiffersFromS1_accepted() {
    handshake.receive(ByteBuffer.wrap(Hex.concat(new byte[] {3}, simpleC1())));

    handshake.receive(ByteBuffer.wrap(new byte[PACKET]));

    assertThat(handshake.isDone()).isTrue();
  }

  @Test
  void handshake_connectPipelinedBehindC2_leftInTheBuffer() {
    ByteBuffer in =
        ByteBuffer.wrap(Hex.concat(new byte[] {3}, simpleC1(), new byte[PACKET], new byte[7]));

    handshake.receive(in);

    assertThat(handshake.isDone()).isTrue();
    assertThat(in.remaining()).isEqualTo(7);
  }

  @Test
  void handshake_oneByteAtATime_answersTheSame() {
    byte[] all = Hex.concat(new byte[] {3}, simpleC1(), new byte[PACKET]);
    byte[] expected = new ServerHandshake(new Random(1)).receive(ByteBuffer.wrap(all));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    for (byte b : all) {
      assertThat(handshake.isDone()).isFalse();
      out.writeBytes(handshake.receive(ByteBuffer.wrap(new byte[] {b})));
    }

    assertThat(handshake.isDone()).isTrue();
    assertThat(out.toByteArray()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Digest.Schema.class)
  void digestHandshake_eitherSchema_answeredInThatSchema(Digest.Schema schema) {
    byte[] c1 = digestC1(schema);

    byte[] answer = handshake.receive(ByteBuffer.wrap(Hex.concat(new byte[] {3}, c1)));

    assertThat(handshake.usedDigest()).isTrue();
    byte[] s1 = Arrays.copyOfRange(answer, 1, 1 + PACKET);
    byte[] s2 = Arrays.copyOfRange(answer, 1 + PACKET, answer.length);
    byte[] resigned = s1.clone();
    Digest.sign(resigned, schema, Digest.SERVER_KEY);
    assertThat(resigned).isEqualTo(s1);
    byte[] answered = s2.clone();
    Digest.answer(c1, schema, answered);
    assertThat(answered).isEqualTo(s2);
    assertThat(s2).isNotEqualTo(c1);
  }

  @ParameterizedTest(name = "offset bytes at {0}: digest at {1}")
  @CsvSource({"8, 304", "772, 1068"})
  void digestHandshake_computedByHand_isRecognized(int offsetBytesAt, int digestAt)
      throws Exception {
    // Four bytes of 255 add up to 1020; 1020 mod 728 = 292 behind the end of those four bytes.
    byte[] c1 = new byte[PACKET];
    c1[4] = 9;
    Arrays.fill(c1, offsetBytesAt, offsetBytesAt + 4, (byte) 0xFF);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            "Genuine Adobe Flash Player 001".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    mac.update(c1, 0, digestAt);
    mac.update(c1, digestAt + 32, PACKET - digestAt - 32);
    System.arraycopy(mac.doFinal(), 0, c1, digestAt, 32);

    handshake.receive(ByteBuffer.wrap(Hex.concat(new byte[] {3}, c1)));

    assertThat(handshake.usedDigest()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Digest.Schema.class)
  void digestHandshake_wrongDigest_fallsBackToEcho(Digest.Schema schema) {
    byte[] c1 = digestC1(schema);
    c1[1535] ^= 1;

    byte[] answer = handshake.receive(ByteBuffer.wrap(Hex.concat(new byte[] {3}, c1)));

    assertThat(handshake.usedDigest()).isFalse();
    assertThat(Arrays.copyOfRange(answer, 1 + PACKET, answer.length)).isEqualTo(c1);
  }

  @ParameterizedTest
  @ValueSource(ints = {'G', 0x16, 32, 255})
  void handshake_textOrTls_isNotTakenForRtmp(int firstByte) {
    if (firstByte == 0x16) {
      // A TLS hello's first byte could be a version; what follows decides nothing, so it is let
      // through.
      assertThat(handshake.receive(ByteBuffer.wrap(new byte[] {0x16}))).isEmpty();
      return;
    }
    assertThatThrownBy(() -> handshake.receive(ByteBuffer.wrap(new byte[] {(byte) firstByte})))
        .isInstanceOfSatisfying(
            RtmpException.class, e -> assertThat(e.kind()).isEqualTo(RtmpException.Kind.MALFORMED));
  }

  @Test
  void handshake_rtmpe_saysWhatToUseInstead() {
    assertThatThrownBy(() -> handshake.receive(ByteBuffer.wrap(new byte[] {6})))
        .isInstanceOf(RtmpException.class)
        .hasMessageContaining("use RTMP or RTMPS");
  }

  private static byte[] simpleC1() {
    byte[] c1 = new byte[PACKET];
    new Random(2).nextBytes(c1);
    Arrays.fill(c1, 4, 8, (byte) 0);
    return c1;
  }

  private static byte[] digestC1(Digest.Schema schema) {
    byte[] c1 = new byte[PACKET];
    new Random(3).nextBytes(c1);
    c1[4] = 9;
    Digest.sign(c1, schema, Digest.PLAYER_KEY);
    return c1;
  }
}
