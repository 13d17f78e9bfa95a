package io.rostrum.codecworker.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnnexBTest {
  private static final ParameterSets SETS = new ParameterSets(hex("67640015ac"), hex("68ee"));

  @Test
  void split_bothStartCodesAndTrailingZeros_givesTheUnits() {
    byte[] stream = hex("00000001 6701 02 000001 68 03 000000 000001 65 000300 01 00000000");

    List<AnnexB.Nal> nals = AnnexB.split(stream);

    assertThat(nals)
        .extracting(nal -> HexFormat.of().formatHex(nal.toBytes()))
        .containsExactly("670102", "6803", "6500030001");
    assertThat(nals).extracting(AnnexB.Nal::type).containsExactly(7, 8, 5);
  }

  @Test
  void split_anyBytes_findsWhatASlowSearchFinds() {
    Random random = new Random(3);
    for (int run = 0; run < 5000; run++) {
      byte[] stream = new byte[random.nextInt(30)];
      for (int i = 0; i < stream.length; i++) {
        stream[i] = (byte) random.nextInt(3);
      }
      int codes = 0;
      for (int i = 0; i + 2 < stream.length; i++) {
        codes += stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1 ? 1 : 0;
      }
      assertThat(AnnexB.split(stream).size()).isLessThanOrEqualTo(codes);
      assertThat(AnnexB.split(stream))
          .allSatisfy(nal -> assertThat(nal.toBytes()[nal.length() - 1]).isNotZero());
    }
  }

  @Test
  void avcC_highProfile_hasTheFieldsOfIsoIec14496Part15() {
    assertThat(HexFormat.of().formatHex(SETS.toAvcC()))
        .isEqualTo("01640015ffe1" + "0005" + "67640015ac" + "01" + "0002" + "68ee" + "fdf8f800");
  }

  @Test
  void sample_parameterSetsAndSei_areLeftOut() {
    ParameterSets.Sample sample =
        SETS.toSample(hex("000001 67640015ac 000001 68ee 000001 0605 00000001 6588 000001 6511"));

    assertThat(HexFormat.of().formatHex(sample.data())).isEqualTo("00000002658800000002" + "6511");
    assertThat(sample.sync()).isTrue();
  }

  @Test
  void sample_otherParameterSetsOrNoSlice_isAnError() {
    assertThatThrownBy(() -> SETS.toSample(hex("000001 67640016ac 000001 6588")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("changed its parameter sets");
    assertThatThrownBy(() -> SETS.toSample(hex("000001 0605")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without a slice");
  }

  @Test
  void globalHeader_lackingOrDoubled_isAnError() {
    assertThatThrownBy(() -> ParameterSets.ofGlobalHeader(hex("000001 67640015ac")))
        .hasMessageContaining("lacks a PPS");
    assertThatThrownBy(
            () -> ParameterSets.ofGlobalHeader(hex("000001 67640015ac 000001 68ee 000001 68ef")))
        .hasMessageContaining("more than one");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
