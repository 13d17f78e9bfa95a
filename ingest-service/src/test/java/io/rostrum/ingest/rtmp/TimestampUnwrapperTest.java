package io.rostrum.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimestampUnwrapperTest {

  private final TimestampUnwrapper unwrapper = new TimestampUnwrapper();

  @Test
  void wrapOf32Bits_goesOn() {
    assertThat(unwrapper.unwrap(0xFFFF_FFF0L)).isEqualTo(0xFFFF_FFF0L);
    assertThat(unwrapper.unwrap(0x10)).isEqualTo(0x1_0000_0010L);
    assertThat(unwrapper.unwrap(0xFFFF_FFF8L)).isEqualTo(0xFFFF_FFF8L);
  }

  @Test
  void wrapOf31Bits_goesOn() {
    unwrapper.unwrap(0x7FFF_FFF0L);

    assertThat(unwrapper.unwrap(0x10)).isEqualTo(0x8000_0010L);
    assertThat(unwrapper.unwrap(0x30)).isEqualTo(0x8000_0030L);
    unwrapper.unwrap(0x4000_0000L);
    unwrapper.unwrap(0x7FFF_FFFFL);
    assertThat(unwrapper.unwrap(1)).isEqualTo(0x1_0000_0001L);
  }

  @Test
  void passing31Bits_withAllBits_isNoWrap() {
    unwrapper.unwrap(0x7FFF_FFF0L);

    assertThat(unwrapper.unwrap(0x8000_0010L)).isEqualTo(0x8000_0010L);
  }

  @Test
  void stepBack_isKept() {
    unwrapper.unwrap(5000);

    assertThat(unwrapper.unwrap(0)).isZero();
  }
}
