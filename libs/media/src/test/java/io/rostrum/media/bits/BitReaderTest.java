package io.rostrum.media.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.MalformedMediaException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitReaderTest {

  @Test
  void bits_acrossByteBorders_areReadHighestFirst() throws Exception {
    BitReader bits = new BitReader("test", new byte[] {0x12, 0x34, 0x56, 0x78, (byte) 0x9A});

    assertThat(bits.bits(4)).isEqualTo(0x1);
    assertThat(bits.bits(32)).isEqualTo(0x23456789L);
    assertThat(bits.remainingBits()).isEqualTo(4);
    assertThat(bits.positionBits()).isEqualTo(36);
  }

  @Test
  void expGolomb_codesOfTable9Dash2_giveTheirValues() throws Exception {
    // ITU-T H.264 table 9-2: 1, 010, 011, 00100, 00101, 00110, 00111, 0001000
    BitReader bits =
        new BitReader("test", new byte[] {(byte) 0xA6, 0x42, (byte) 0x98, (byte) 0xE2, 0x00});
    for (int value = 0; value <= 7; value++) {
      assertThat(bits.unsignedExpGolomb()).isEqualTo(value);
    }
  }

  @Test
  void read_beyondTheEnd_isMalformedAndNamesFormatAndPosition() {
    BitReader bits = new BitReader("test", new byte[3], 1, 2);

    assertThatThrownBy(() -> bits.bits(17))
        .isInstanceOfSatisfying(
            MalformedMediaException.class,
            e -> {
              assertThat(e.format()).isEqualTo("test");
              assertThat(e.reason()).isEqualTo(MalformedMediaException.Reason.MALFORMED);
              assertThat(e.offsetBytes()).isZero();
            })
        .hasMessageContaining("1 bits too early");
  }

  @Test
  void expGolomb_ofEndlessZeros_isMalformed() {
    BitReader bits = new BitReader("test", new byte[100]);
    assertThatThrownBy(bits::unsignedExpGolomb)
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("leading zeros");
  }

  @Test
  void expGolomb_of32LeadingZeros_isMalformed_andOf31TheLargestCode() throws Exception {
    byte[] tooLong = new BitWriter().bits(0, 32).bits(1, 1).bits(0, 32).toByteArray();
    assertThatThrownBy(() -> new BitReader("test", tooLong).unsignedExpGolomb())
        .isInstanceOf(MalformedMediaException.class);
    byte[] largest = new BitWriter().unsignedExpGolomb(0xFFFF_FFFEL).toByteArray();
    assertThat(new BitReader("test", largest).unsignedExpGolomb()).isEqualTo(0xFFFF_FFFEL);
  }

  @Test
  void expGolomb_aboveItsLimit_namesTheSyntaxElement() {
    byte[] bytes = new BitWriter().unsignedExpGolomb(32).toByteArray();
    assertThatThrownBy(
            () -> new BitReader("test", bytes).unsignedExpGolomb("seq_parameter_set_id", 31))
        .hasMessageContaining("seq_parameter_set_id is 32, at most 31");
  }

  @Test
  void everything_thatIsWritten_isReadBack() throws Exception {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      long[] values = new long[50];
      int[] kinds = new int[50];
      BitWriter writer = new BitWriter();
      for (int i = 0; i < values.length; i++) {
        kinds[i] = random.nextInt(36);
        long raw = random.nextInt() & 0xFFFF_FFFFL;
        switch (kinds[i]) {
          case 33 ->
              writer.unsignedExpGolomb(
                  values[i] = Math.min(raw >> random.nextInt(32), 0xFFFF_FFFEL));
          case 34 -> writer.signedExpGolomb(values[i] = (int) raw >> 1 + random.nextInt(30));
          case 35 -> writer.alignToByte();
          default -> writer.bits(values[i] = raw & (1L << kinds[i]) - 1, kinds[i]);
        }
      }
      BitReader reader = new BitReader("test", writer.toByteArray());
      for (int i = 0; i < values.length; i++) {
        switch (kinds[i]) {
          case 33 -> assertThat(reader.unsignedExpGolomb()).isEqualTo(values[i]);
          case 34 -> assertThat(reader.signedExpGolomb()).isEqualTo(values[i]);
          case 35 -> reader.alignToByte();
          default -> assertThat(reader.bits(kinds[i])).isEqualTo(values[i]);
        }
      }
      assertThat(reader.remainingBits()).isLessThan(8);
    }
  }
}
