package io.rostrum.media.avc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.CodedBytes;
import io.rostrum.media.Fixtures;
import io.rostrum.media.MalformedMediaException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NalUnitsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 02 65AA 01 41",
    "2, 0002 65AA 0001 41",
    "3, 000002 65AA 000001 41",
    "4, 00000002 65AA 00000001 41"
  })
  void lengthPrefixed_ofAnyLengthSize_isTakenApart(int lengthSize, String hex) throws Exception {
    List<NalUnit> units = NalUnits.lengthPrefixed(Fixtures.parseHex(hex), lengthSize);

    assertThat(units).extracting(NalUnit::type).containsExactly(5, 1);
    assertThat(units).extracting(NalUnit::refIdc).containsExactly(3, 2);
    assertThat(units.get(0).toByteArray()).isEqualTo(Fixtures.parseHex("65AA"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000001 65AA 000001 41",
        "00000001 65AA 00000001 41",
        "0000000001 65AA 0000 000001 41 000000",
      })
  void annexB_withShortAndLongStartCodesAndZerosBetween_isTakenApart(String hex) throws Exception {
    assertThat(NalUnits.annexB(Fixtures.parseHex(hex)))
        .containsExactly(
            NalUnit.of(Fixtures.parseHex("65AA")), NalUnit.of(Fixtures.parseHex("41")));
  }

  @Test
  void lengthZero_betweenUnits_isPassedOver() throws Exception {
    byte[] data = Fixtures.parseHex("00000000 00000001 65 00000000");
    assertThat(NalUnits.lengthPrefixed(data, 4)).containsExactly(NalUnit.of(new byte[] {0x65}));
  }

  @Test
  void length_beyondTheEnd_isMalformedAndSaysWhere() {
    byte[] data = Fixtures.parseHex("00000001 65 00000005 41AA");
    assertThatThrownBy(() -> NalUnits.lengthPrefixed(data, 4))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("NAL unit of 5 bytes where 2 are left (at byte 5)");
  }

  @Test
  void length_ofMoreThan31Bits_isMalformed() {
    byte[] data = Fixtures.parseHex("FFFFFFFF 65");
    assertThatThrownBy(() -> NalUnits.lengthPrefixed(data, 4))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("4294967295 bytes where 1 are left");
  }

  @Test
  void units_moreThanTheLimit_areRefused() {
    byte[] data = new byte[2 * (NalUnits.MAX_UNITS + 1)];
    Arrays.fill(data, (byte) 1);
    assertThatThrownBy(() -> NalUnits.lengthPrefixed(data, 1))
        .isInstanceOfSatisfying(
            MalformedMediaException.class,
            e -> assertThat(e.reason()).isEqualTo(MalformedMediaException.Reason.LIMIT_EXCEEDED));
  }

  @Test
  void annexB_withoutStartCode_isMalformed() {
    assertThatThrownBy(() -> NalUnits.annexB(Fixtures.parseHex("65AA")))
        .isInstanceOf(MalformedMediaException.class);
    assertThatThrownBy(() -> NalUnits.annexB(Fixtures.parseHex("65AA 000001 41")))
        .isInstanceOf(MalformedMediaException.class);
  }

  @Test
  void anyUnits_inEitherFraming_comeBack() throws Exception {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      List<NalUnit> units = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        units.add(randomUnit(random));
      }

      assertThat(NalUnits.lengthPrefixed(NalUnits.toLengthPrefixed(units), 4)).isEqualTo(units);
      assertThat(NalUnits.annexB(NalUnits.toAnnexB(units))).isEqualTo(units);
    }
  }

  @Test
  void accessUnit_ofAPublisher_isReducedToWhatStays() throws Exception {
    byte[] data =
        Fixtures.parseHex(
            """
            00000002 09F0      # delimiter
            00000002 6742      # SPS
            00000002 68EE      # PPS
            00000002 0605      # SEI
            00000003 658888    # IDR slice
            00000004 0CFFFF80  # filler
            00000001 0A        # end of sequence
            """);

    AvcAccessUnit unit = AvcAccessUnit.parse(data, 4);

    assertThat(unit.idr()).isTrue();
    assertThat(unit.hasPicture()).isTrue();
    assertThat(unit.hasParameterSets()).isTrue();
    assertThat(unit.sequenceParameterSets()).containsExactly(Fixtures.parseHex("6742"));
    assertThat(unit.pictureParameterSets()).containsExactly(Fixtures.parseHex("68EE"));
    assertThat(unit.toSample().toByteArray())
        .isEqualTo(Fixtures.parseHex("00000002 0605 00000003 658888"));
  }

  @Test
  void accessUnit_inAnnexBWhereLengthsShouldBe_isReadAllTheSame() throws Exception {
    byte[] data = Fixtures.parseHex("00000001 6742 00000001 658888 000001 65AABB");

    AvcAccessUnit unit = AvcAccessUnit.parse(data, 4);

    assertThat(unit.toSample().toByteArray())
        .isEqualTo(Fixtures.parseHex("00000003 658888 00000003 65AABB"));
  }

  @Test
  void accessUnit_thatIsLaidOutAsTheHouseStoresIt_isNotCopied() throws Exception {
    byte[] tag = Fixtures.parseHex("17 01 000000 00000002 0605 00000003 658888");

    CodedBytes sample = AvcAccessUnit.parse(tag, 5, tag.length - 5, 4).toSample();

    assertThat(sample.buffer()).isSameAs(tag);
    assertThat(sample.toByteArray()).isEqualTo(Fixtures.parseHex("00000002 0605 00000003 658888"));
  }

  @Test
  void accessUnit_thatIsASmallPartOfItsArray_doesNotKeepTheRest() throws Exception {
    byte[] tag = Arrays.copyOf(Fixtures.parseHex("00000003 658888"), 1000);

    CodedBytes sample = AvcAccessUnit.parse(tag, 0, 7, 4).toSample();

    assertThat(sample.buffer()).isEqualTo(Fixtures.parseHex("00000003 658888"));
  }

  @Test
  void accessUnit_behindAStartCodeOfFourBytes_isNotTakenForLengthPrefixed() throws Exception {
    AvcAccessUnit unit = AvcAccessUnit.parse(Fixtures.parseHex("00000001 658888"), 4);

    assertThat(unit.toSample().toByteArray()).isEqualTo(Fixtures.parseHex("00000003 658888"));
  }

  @Test
  void accessUnit_withADelimiterBetweenItsSlices_isCopiedWithoutIt() throws Exception {
    byte[] data = Fixtures.parseHex("00000002 41AA 00000002 09F0 00000002 41BB");

    assertThat(AvcAccessUnit.parse(data, 4).toSample().toByteArray())
        .isEqualTo(Fixtures.parseHex("00000002 41AA 00000002 41BB"));
  }

  @Test
  void accessUnit_withShortLengths_getsLengthsOfFourBytes() throws Exception {
    assertThat(AvcAccessUnit.parse(Fixtures.parseHex("0002 41AA"), 2).toSample().toByteArray())
        .isEqualTo(Fixtures.parseHex("00000002 41AA"));
  }

  @Test
  void accessUnit_withoutSlices_hasNoPicture() throws Exception {
    AvcAccessUnit unit = AvcAccessUnit.parse(Fixtures.parseHex("00000002 0605"), 4);
    assertThat(unit.hasPicture()).isFalse();
    assertThat(unit.idr()).isFalse();
  }

  private static NalUnit randomUnit(Random random) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    for (int i = random.nextInt(30); i >= 0; i--) {
      payload.write(random.nextInt(5));
    }
    payload.write(0x80);
    byte[] escaped = EmulationPrevention.insert(payload.toByteArray());
    byte[] unit = new byte[escaped.length + 1];
    unit[0] = 0x41;
    System.arraycopy(escaped, 0, unit, 1, escaped.length);
    return NalUnit.of(unit);
  }
}
