package io.rostrum.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.webrtc.Hex;
import io.rostrum.webrtc.WebRtcException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunMessageTest {

  private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

  /** RFC 5769 §2.1. */
  private static final byte[] REQUEST =
      Hex.bytes(
          "000100582112a442b7e7a701bc34d686fa87dfae"
              + "802200105354554e207465737420636c69656e74"
              + "002400046e0001ff80290008932ff9b151263b36"
              + "000600096576746a3a6836765920202000080014"
              + "9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
              + "80280004e57a3bcf");

  /** RFC 5769 §2.2. */
  private static final byte[] RESPONSE =
      Hex.bytes(
          "0101003c2112a442b7e7a701bc34d686fa87dfae"
              + "8022000b7465737420766563746f7220"
              + "002000080001a147e112a643"
              + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7"
              + "80280004c07d4c96");

  @Test
  void requestOfTheRfc_isReadAndItsSignatureRight() throws Exception {
    StunMessage message = StunMessage.parse(REQUEST);

    assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(message.username()).isEqualTo("evtj:h6vY");
    assertThat(message.isSignedWith(PASSWORD)).isTrue();
    assertThat(message.isSignedWith(PASSWORD + "x")).isFalse();
  }

  @Test
  void responseOfTheRfc_isReadAndItsSignatureRight() throws Exception {
    StunMessage message = StunMessage.parse(RESPONSE);

    assertThat(message.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
    assertThat(message.isSignedWith(PASSWORD)).isTrue();
    assertThat(message.find(StunMessage.XOR_MAPPED_ADDRESS)).isPresent();
  }

  @Test
  void fingerprint_ofAnotherMessage_isRefused() {
    byte[] changed = REQUEST.clone();
    changed[30] ^= 1;

    assertThatThrownBy(() -> StunMessage.parse(changed))
        .isInstanceOf(WebRtcException.class)
        .hasMessageContaining("FINGERPRINT");
  }

  private static final IceLite AGENT = new IceLite(new IceCredentials("abcd", PASSWORD));

  private static StunMessage check(String username, String password, boolean nominates)
      throws WebRtcException {
    StunWriter writer =
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .username(username)
            .attribute(StunMessage.PRIORITY, new byte[4]);
    if (nominates) {
      writer.attribute(StunMessage.USE_CANDIDATE, new byte[0]);
    }
    return StunMessage.parse(writer.signed(password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::7"})
  void check_signed_isAnsweredWithItsAddress(String host) throws Exception {
    InetSocketAddress from = new InetSocketAddress(host, 32_853);

    IceLite.Outcome outcome = AGENT.receive(check("abcd:efgh", PASSWORD, true), from).orElseThrow();

    StunMessage reply = StunMessage.parse(outcome.reply());
    assertThat(outcome.valid()).isTrue();
    assertThat(outcome.nominated()).isTrue();
    assertThat(reply.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
    assertThat(reply.isSignedWith(PASSWORD)).isTrue();
    assertThat(reply.find(StunMessage.XOR_MAPPED_ADDRESS).orElseThrow())
        .hasSize(from.getAddress().getAddress().length + 4)
        .startsWith(0, from.getAddress().getAddress().length == 4 ? 1 : 2, 0xa1, 0x47);
  }

  @Test
  void check_withWrongPassword_isRefused() throws Exception {
    IceLite.Outcome outcome =
        AGENT
            .receive(check("abcd:efgh", "wrong", true), new InetSocketAddress("192.0.2.1", 1))
            .orElseThrow();

    assertThat(outcome.valid()).isFalse();
    assertThat(StunMessage.parse(outcome.reply()).find(StunMessage.ERROR_CODE).orElseThrow())
        .startsWith(0, 0, 4, 1);
  }

  @Test
  void check_withUnknownAttribute_isToldWhich() throws Exception {
    byte[] asked =
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .username("abcd:efgh")
            .attribute(0x7777, new byte[4])
            .signed(PASSWORD);

    IceLite.Outcome outcome =
        AGENT
            .receive(StunMessage.parse(asked), new InetSocketAddress("192.0.2.1", 1))
            .orElseThrow();

    assertThat(outcome.valid()).isFalse();
    assertThat(
            StunMessage.parse(outcome.reply()).find(StunMessage.UNKNOWN_ATTRIBUTES).orElseThrow())
        .containsExactly(0x77, 0x77);
  }
}
