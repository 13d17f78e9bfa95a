package io.rostrum.codecworker.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpsReorderTest {
  /**
   * SPS of 320x180: profile, level 3.0, sps id 0, POC type, reference frames; written bit by bit
   * below.
   */
  @ParameterizedTest
  @CsvSource({
    "66,0,4,true",
    "77,0,1,true",
    "77,2,4,true",
    "77,0,2,false",
    "100,0,4,false",
    "100,0,1,true"
  })
  void sps_profilePocTypeAndReferences_tellWhetherPicturesCanBeReordered(
      int profile, int pocType, int references, boolean cannotReorder) {
    Bits bits = new Bits();
    bits.put(8, 0x67).put(8, profile).put(8, 0).put(8, 30).ue(0);
    if (profile == 100) {
      bits.ue(1).ue(0).ue(0).put(1, 0).put(1, 0);
    }
    bits.ue(0).ue(pocType);
    if (pocType == 0) {
      bits.ue(2);
    }
    bits.ue(references)
        .put(1, 0)
        .ue(19)
        .ue(11)
        .put(1, 1)
        .put(1, 1)
        .put(1, 1)
        .ue(0)
        .ue(0)
        .ue(0)
        .ue(6);
    int flagAt = bits.size();
    bits.put(1, 0).put(1, 1);

    SpsReorder reorder =
        SpsReorder.ofAvcC(new ParameterSets(bits.bytes(), new byte[] {0x68}).toAvcC());

    assertThat(reorder).isEqualTo(new SpsReorder(cannotReorder, flagAt));
  }

  @Test
  void avcC_anyBytes_isAnAnswerOrIllegalArgument() {
    Random random = new Random(5);
    byte[] good = HexFormat.of().parseHex("01640015ffe1000567640015ac01000268eefdf8f800");
    for (int run = 0; run < 20_000; run++) {
      byte[] bytes = run % 2 == 0 ? good.clone() : new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        if (run % 2 == 1 || random.nextInt(6) == 0) {
          bytes[i] = (byte) random.nextInt(256);
        }
      }
      try {
        assertThat(SpsReorder.ofAvcC(bytes)).isNotNull();
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageMatching(".+");
      }
    }
  }

  /** Writes bits and Exp-Golomb codes; no emulation prevention, since no value here needs it. */
  private static final class Bits {
    private final StringBuilder bits = new StringBuilder();

    Bits put(int count, int value) {
      for (int i = count - 1; i >= 0; i--) {
        bits.append(value >> i & 1);
      }
      return this;
    }

    Bits ue(int value) {
      int length = 32 - Integer.numberOfLeadingZeros(value + 1);
      return put(length - 1, 0).put(length, value + 1);
    }

    int size() {
      return bits.length();
    }

    byte[] bytes() {
      byte[] bytes = new byte[(bits.length() + 7) / 8];
      for (int i = 0; i < bits.length(); i++) {
        bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
      }
      return bytes;
    }
  }
}
