package io.rostrum.media.cmaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.Fixtures;
import io.rostrum.media.MalformedMediaException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Fragments in forms that this library does not write, but others do; and forms that nobody should.
 */
class FragmentReaderTest {

  /** Boxes by name; sizes are counted here, so that fixtures show only fields. */
  private static byte[] box(String type, Object... parts) {
    BoxWriter out = new BoxWriter(64);
    int box = out.begin(FourCc.of(type));
    for (Object part : parts) {
      out.bytes(part instanceof byte[] bytes ? bytes : Fixtures.parseHex((String) part));
    }
    out.end(box);
    return out.toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    BoxWriter out = new BoxWriter(64);
    for (byte[] part : parts) {
      out.bytes(part);
    }
    return out.toByteArray();
  }

  private static final byte[] MFHD = box("mfhd", "00000000 00000003");
  private static final byte[] TFDT_1000 = box("tfdt", "00000000 000003e8");

  @Test
  void twoTrackFragmentsWithSeveralRuns_areReadInOrder() throws Exception {
    byte[] first =
        box(
            "traf",
            box("tfhd", "00020038 00000001 00000064 00000002 01010000"),
            TFDT_1000,
            // version 0, offset, first flags, composition offsets: two samples of 2 bytes
            box("trun", "00000805 00000002 000000d8 02000000 00000000 00000064"),
            // no data offset: goes on where the first run ended
            box("trun", "01000200 00000002 00000001 00000003"));
    byte[] second =
        box(
            "traf",
            box("tfhd", "00020000 00000002"),
            box("tfdt", "01000000 00000000 00000005"),
            box("trun", "00000701 00000001 000000e0 0000000a 00000002 02000000"));
    byte[] moof = box("moof", MFHD, first, second);
    assertThat(moof).hasSize(0xd8 - 8);
    byte[] bytes =
        concat(box("styp", "6d736468 00000000"), moof, box("mdat", "A1A1 A2A2 A3 A4A4A4 B1B1"));

    List<Fragment> fragments = Fragment.readAll(bytes);

    assertThat(fragments)
        .containsExactly(
            new Fragment(
                3,
                1,
                List.of(
                    new AccessUnit(1000, 0, 100, true, Fixtures.parseHex("A1A1")),
                    new AccessUnit(1100, 100, 100, false, Fixtures.parseHex("A2A2")),
                    new AccessUnit(1200, 0, 100, false, Fixtures.parseHex("A3")),
                    new AccessUnit(1300, 0, 100, false, Fixtures.parseHex("A4A4A4")))),
            new Fragment(3, 2, List.of(new AccessUnit(5, 0, 10, true, Fixtures.parseHex("B1B1")))));
  }

  @Test
  void baseDataOffset_ofOldWriters_countsFromTheBeginningOfTheInput() throws Exception {
    byte[] moof =
        box(
            "moof",
            MFHD,
            box(
                "traf",
                box("tfhd", "00000039 00000001 00000000 00000070 00000064 00000002 02000000"),
                TFDT_1000,
                box("trun", "00000001 00000001 00000004")));
    byte[] bytes = concat(moof, box("mdat", "FFFFFFFF A1A1"));
    assertThat(moof.length + 8).isEqualTo(0x70);

    assertThat(Fragment.readAll(bytes).get(0).samples())
        .containsExactly(new AccessUnit(1000, 0, 100, true, Fixtures.parseHex("A1A1")));
  }

  @Test
  void noBase_ofVeryOldWriters_goesOnWhereTheTrackFragmentBeforeEnded() throws Exception {
    byte[] run = box("trun", "00000000 00000001");
    byte[] first =
        box(
            "traf",
            box("tfhd", "00000038 00000001 00000064 00000002 02000000"),
            TFDT_1000,
            box("trun", "00000001 00000001 000000ac"));
    byte[] second =
        box("traf", box("tfhd", "00000038 00000002 00000064 00000003 02000000"), TFDT_1000, run);
    byte[] moof = box("moof", MFHD, first, second);
    byte[] bytes = concat(moof, box("mdat", "A1A1 B1B1B1"));
    assertThat(moof.length + 8).isEqualTo(0xac);

    List<Fragment> fragments = Fragment.readAll(bytes);

    assertThat(fragments.get(1).samples().get(0).data()).isEqualTo(Fixtures.parseHex("B1B1B1"));
  }

  @Test
  void trexDefaults_whereGiven_completeTheFragment_andAreMissedWhereNot() throws Exception {
    byte[] moof =
        box(
            "moof",
            MFHD,
            box(
                "traf",
                box("tfhd", "00020000 00000001"),
                TFDT_1000,
                box("trun", "00000001 00000002 0000005c")));
    byte[] bytes = concat(moof, box("mdat", "A1A1 A2A2"));
    assertThat(moof.length + 8).isEqualTo(0x5c);

    assertThat(Fragment.readAll(bytes, Map.of(1, new SampleDefaults(50, 2, 0x0101_0000))))
        .containsExactly(
            new Fragment(
                3,
                1,
                List.of(
                    new AccessUnit(1000, 0, 50, false, Fixtures.parseHex("A1A1")),
                    new AccessUnit(1050, 0, 50, false, Fixtures.parseHex("A2A2")))));
    assertThatThrownBy(() -> Fragment.readAll(bytes))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("neither trun nor tfhd gives a sample's duration");
  }

  @Test
  void mdatWithLargeSize_andOneToTheEnd_areRead() throws Exception {
    byte[] moof = moofForOneSampleAt("00000070");
    byte[] large = concat(moof, Fixtures.parseHex("00000001 6d646174 00000000 00000012 A1A1 "));
    assertThat(moof.length + 16).isEqualTo(0x70);
    assertThat(Fragment.readAll(large)).hasSize(1);

    byte[] toTheEnd =
        concat(moofForOneSampleAt("00000068"), Fixtures.parseHex("00000000 6d646174 A1A1"));
    assertThat(Fragment.readAll(toTheEnd)).hasSize(1);
  }

  @Test
  void runsThatPointAtTheSameBytes_areRefusedBeforeTheyFillTheMemory() {
    byte[] run = box("trun", "00000001 00000001 00000090");
    byte[] moof =
        box(
            "moof",
            MFHD,
            box(
                "traf",
                box("tfhd", "00020038 00000001 00000064 00000002 02000000"),
                TFDT_1000,
                run,
                run,
                run));
    byte[] bytes = concat(moof, box("mdat", "A1A1 A2A2"));
    assertThat(moof.length + 8).isEqualTo(0x90);

    assertThatThrownBy(() -> Fragment.readAll(bytes))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("samples overlap");
  }

  @Test
  void sample_outsideEveryMdat_isRefused() {
    for (String offset : List.of("00000067", "00000069", "7fffffff", "ffffffff", "80000000")) {
      byte[] bytes = concat(moofForOneSampleAt(offset), box("mdat", "A1A1"));
      assertThatThrownBy(() -> Fragment.readAll(bytes))
          .isInstanceOf(MalformedMediaException.class)
          .hasMessageContaining("is not within an mdat");
    }
  }

  @Test
  void moreSamplesThanAnyFragmentHas_areRefusedByTheirCount() {
    byte[] bytes =
        concat(
            box(
                "moof",
                MFHD,
                box(
                    "traf",
                    box("tfhd", "00020038 00000001 00000064 00000001 02000000"),
                    TFDT_1000,
                    box("trun", "00000001 ffffffff 00000068"))),
            box("mdat", "A1A1"));
    assertThatThrownBy(() -> Fragment.readAll(bytes))
        .isInstanceOfSatisfying(
            MalformedMediaException.class,
            e -> assertThat(e.reason()).isEqualTo(MalformedMediaException.Reason.LIMIT_EXCEEDED));
  }

  @Test
  void boxesWithoutFragments_giveNone() throws Exception {
    assertThat(Fragment.readAll(new byte[0])).isEmpty();
    assertThat(Fragment.readAll(Fixtures.hex("cmaf/init-aac.hex"))).isEmpty();
  }

  private static byte[] moofForOneSampleAt(String dataOffset) {
    return box(
        "moof",
        MFHD,
        box(
            "traf",
            box("tfhd", "00020038 00000001 00000064 00000002 02000000"),
            TFDT_1000,
            box("trun", "00000001 00000001 " + dataOffset)));
  }
}
