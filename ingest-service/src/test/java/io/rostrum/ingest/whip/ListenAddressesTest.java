package io.rostrum.ingest.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.webrtc.sdp.Candidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenAddressesTest {

  @Test
  void namedAddresses_areTaken_fourBeforeSix() throws Exception {
    List<InetSocketAddress> addresses = ListenAddresses.of(List.of("::1", "127.0.0.1"), 8189);

    assertThat(addresses)
        .containsExactly(
            new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 8189),
            new InetSocketAddress(InetAddress.getByName("::1"), 8189));
  }

  @Test
  void wildcard_standsForEachAddress_neverForItself() throws Exception {
    assertThat(ListenAddresses.of(List.of("0.0.0.0"), 8189))
        .isNotEmpty()
        .noneMatch(address -> address.getAddress().isAnyLocalAddress());
  }

  @Test
  void announcedAddresses_areTold_inPlaceOfOpenOnes() {
    List<InetSocketAddress> open = List.of(new InetSocketAddress("127.0.0.1", 8189));

    assertThat(ListenAddresses.candidates(open, List.of()))
        .containsExactly(new Candidate("127.0.0.1", 8189, 65_535));
    assertThat(ListenAddresses.candidates(open, List.of("203.0.113.7", "2001:db8::7")))
        .containsExactly(
            new Candidate("203.0.113.7", 8189, 65_535), new Candidate("2001:db8::7", 8189, 65_534));
  }

  @Test
  void sessionName_namesItsNode_whateverDotsAreInIt() {
    assertThat(SessionName.parse("ingest-1.eu.abc"))
        .contains(new SessionName("ingest-1.eu", "abc"));
    assertThat(SessionName.parse("abc")).isEmpty();
    assertThat(SessionName.parse(".abc")).isEmpty();
    assertThat(SessionName.parse("a.")).isEmpty();
  }
}
