package io.rostrum.media.avc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.media.Fixtures;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulationPreventionTest {

  @ParameterizedTest
  @CsvSource({
    "000000, 00000300 03",
    "000001, 00000301",
    "000002, 00000302",
    "000003, 00000303",
    "000004, 000004",
    "00000000000001, 0000030000030000 0301",
    "65000003, 6500000303",
    "6500, 650003",
    "65, 65",
  })
  void payload_inserted_isAsInSection7Dot4Dot1_andComesBack(String payload, String escaped) {
    byte[] raw = Fixtures.parseHex(payload);
    assertThat(EmulationPrevention.insert(raw)).isEqualTo(Fixtures.parseHex(escaped));
    byte[] nal = Fixtures.parseHex(escaped);
    // A 03 behind a final zero is cabac_zero_words' business; taking it out leaves the payload.
    byte[] back = EmulationPrevention.remove(nal, 0, nal.length);
    if (back.length > raw.length) {
      assertThat(back).startsWith(raw).endsWith(3).hasSize(raw.length + 1);
    } else {
      assertThat(back).isEqualTo(raw);
    }
  }

  @Test
  void anyPayloadThatEndsWithAStopBit_survives_andNeverHoldsAStartCode() {
    Random random = new Random(4);
    for (int i = 0; i < 5_000; i++) {
      byte[] payload = new byte[1 + random.nextInt(40)];
      for (int j = 0; j < payload.length; j++) {
        payload[j] = (byte) random.nextInt(5); // mostly the bytes that need escaping
      }
      payload[payload.length - 1] = (byte) 0x80;
      byte[] escaped = EmulationPrevention.insert(payload);
      for (int j = 2; j < escaped.length; j++) {
        assertThat(escaped[j - 2] == 0 && escaped[j - 1] == 0 && escaped[j] >= 0 && escaped[j] < 3)
            .isFalse();
      }
      assertThat(EmulationPrevention.remove(escaped, 0, escaped.length)).isEqualTo(payload);
    }
  }
}
