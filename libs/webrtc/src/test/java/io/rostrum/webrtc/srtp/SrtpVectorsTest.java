package io.rostrum.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.webrtc.Hex;
import io.rostrum.webrtc.WebRtcException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Published test vectors, and what they leave out. */
class SrtpVectorsTest {

  private static final String MASTER_KEY = "E1F97A0D3E018BE0D64FA32C06DE4139";
  private static final String MASTER_SALT = "0EC675AD498AFEEBB6960B3AABE6";
  private static final String GCM_SALT = "517569642070726f2071756f";
  private static final String GCM_RTP =
      "8040f17b8041f8d35501a0b2"
          + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
  private static final String GCM_RTCP =
      "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
          + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

  private static SrtpKeys keys() {
    return new SrtpKeys(
        SrtpProfile.AES128_CM_SHA1_80, Hex.bytes(MASTER_KEY), Hex.bytes(MASTER_SALT));
  }

  /** RFC 3711 appendix B.3. */
  @Test
  void keyDerivation_ofTheRfc() {
    assertThat(Hex.text(KeyDerivation.derive(keys(), KeyDerivation.RTP_ENCRYPTION, 16)))
        .isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
    assertThat(Hex.text(KeyDerivation.derive(keys(), KeyDerivation.RTP_SALT, 14)))
        .isEqualTo("30cbbc08863d8c85d49db34a9ae1");
    assertThat(Hex.text(KeyDerivation.derive(keys(), KeyDerivation.RTP_AUTHENTICATION, 20)))
        .isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
  }

  /** The reference packet that implementations exchange, on the keys of appendix B.3. */
  @Test
  void counterMode_referencePacket() throws Exception {
    byte[] plain = Hex.bytes("800f1234decafbadcafebabe abababababababababababababababab");
    byte[] sealed =
        Hex.bytes("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");

    assertThat(new SrtpSender(keys()).sealRtp(plain)).isEqualTo(sealed);
    assertThat(new SrtpReceiver(keys()).openRtp(sealed)).isEqualTo(plain);
  }

  /** The same for RTCP; its index is 1. */
  @Test
  void counterMode_referenceRtcp() throws Exception {
    byte[] sealed =
        Hex.bytes("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798");

    assertThat(new SrtpReceiver(keys()).openRtcp(sealed))
        .isEqualTo(Hex.bytes("81c8000bcafebabe abababababababababababababababab"));
  }

  /** RFC 7714 §16.1.1, §16.2.1: session keys, not derived ones. */
  @ParameterizedTest
  @CsvSource({
    "AEAD_AES_128_GCM, f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
        + "899d7f27beb16a9152cf765ee4390cce",
    "AEAD_AES_256_GCM, 32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
        + "7aa3db36dfffd6b0f9bb7878d7a76c13"
  })
  void gcm_rtpOfTheRfc(SrtpProfile profile, String body) throws Exception {
    byte[] sealed = Hex.bytes("8040f17b8041f8d35501a0b2" + body);

    assertThat(new SrtpSender(session(profile), session(profile)).sealRtp(Hex.bytes(GCM_RTP)))
        .isEqualTo(sealed);
    assertThat(new SrtpReceiver(session(profile), session(profile)).openRtp(sealed))
        .isEqualTo(Hex.bytes(GCM_RTP));
  }

  /** RFC 7714 §17.1 to §17.3: encrypted, and with a tag only. */
  @ParameterizedTest
  @CsvSource({
    "AEAD_AES_128_GCM, 81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d"
        + "6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4",
    "AEAD_AES_256_GCM, 81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c11105"
        + "55be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4",
    "AEAD_AES_128_GCM, 81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdead"
        + "beefdeadbeefdeadbeefdeadbeef841dd9683dd78ec92ae58790125f62b3000005d4"
  })
  void gcm_rtcpOfTheRfc(SrtpProfile profile, String sealed) throws Exception {
    SrtpReceiver receiver = new SrtpReceiver(session(profile), session(profile));

    assertThat(Hex.text(receiver.openRtcp(Hex.bytes(sealed)))).isEqualTo(GCM_RTCP);
  }

  private static PacketCipher session(SrtpProfile profile) {
    byte[] key = new byte[profile.keyBytes()];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    return new PacketCipher(profile, key, Hex.bytes(GCM_SALT), new byte[20]);
  }

  private static SrtpKeys zeroes(SrtpProfile profile) {
    return new SrtpKeys(profile, new byte[profile.keyBytes()], new byte[profile.saltBytes()]);
  }

  private static byte[] packet(int sequence) {
    return ByteBuffer.allocate(32).putShort((short) 0x8060).putShort((short) sequence).array();
  }

  @ParameterizedTest
  @EnumSource
  void sequence_wrappedAndReordered_isOpened(SrtpProfile profile) throws Exception {
    SrtpSender sender = new SrtpSender(zeroes(profile));
    SrtpReceiver receiver = new SrtpReceiver(zeroes(profile));
    byte[] before = sender.sealRtp(packet(65_534));
    byte[] late = sender.sealRtp(packet(65_535));
    byte[] after = sender.sealRtp(packet(0));

    assertThat(receiver.openRtp(before)).isEqualTo(packet(65_534));
    assertThat(receiver.openRtp(after)).isEqualTo(packet(0));
    assertThat(receiver.openRtp(late)).isEqualTo(packet(65_535));
  }

  @ParameterizedTest
  @EnumSource
  void packet_repeatedOrChanged_isRefused(SrtpProfile profile) throws Exception {
    SrtpSender sender = new SrtpSender(zeroes(profile));
    SrtpReceiver receiver = new SrtpReceiver(zeroes(profile));
    byte[] sealed = sender.sealRtp(packet(7));
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> receiver.openRtp(changed)).isInstanceOf(WebRtcException.class);
    }
    assertThat(receiver.openRtp(sealed)).isEqualTo(packet(7));

    assertThatThrownBy(() -> receiver.openRtp(sealed))
        .isInstanceOfSatisfying(
            WebRtcException.class,
            e -> assertThat(e.kind()).isEqualTo(WebRtcException.Kind.FORGED));
  }

  @ParameterizedTest
  @EnumSource
  void rtcp_sealed_isOpenedOnce(SrtpProfile profile) throws Exception {
    SrtpSender sender = new SrtpSender(zeroes(profile));
    SrtpReceiver receiver = new SrtpReceiver(zeroes(profile));
    byte[] plain = Hex.bytes("80c90001 01020304");
    byte[] first = sender.sealRtcp(plain);
    byte[] second = sender.sealRtcp(plain);

    assertThat(receiver.openRtcp(second)).isEqualTo(plain);
    assertThat(receiver.openRtcp(first)).isEqualTo(plain);
    assertThat(Arrays.equals(first, second)).isFalse();
    assertThatThrownBy(() -> receiver.openRtcp(first)).isInstanceOf(WebRtcException.class);
  }
}
