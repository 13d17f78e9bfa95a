package io.rostrum.media.cmaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.Allocation;
import io.rostrum.media.Fixtures;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FragmentTest {

  private static final Fragment REORDERED =
      new Fragment(
          7,
          1,
          List.of(
              new AccessUnit(90_000, 0, 3000, true, Fixtures.parseHex("AABBCC")),
              new AccessUnit(93_000, 3000, 3000, false, Fixtures.parseHex("DD")),
              new AccessUnit(96_000, -3000, 3000, false, Fixtures.parseHex("EEFF"))));

  private static final Fragment CONSTANT =
      new Fragment(
          1,
          2,
          List.of(
              new AccessUnit(1L << 32, 0, 1024, true, Fixtures.parseHex("2110")),
              new AccessUnit((1L << 32) + 1024, 0, 1024, true, Fixtures.parseHex("2111"))));

  @Test
  void write_reorderedFrames_isTheAnnotatedFragment() throws Exception {
    byte[] expected = Fixtures.hex("cmaf/fragment-reordered.hex");
    assertThat(REORDERED.write()).isEqualTo(expected);
    assertThat(Fragment.readAll(expected)).containsExactly(REORDERED);
  }

  @Test
  void write_equalFrames_hasNoFieldPerSample() throws Exception {
    byte[] expected = Fixtures.hex("cmaf/fragment-constant.hex");
    assertThat(CONSTANT.write()).isEqualTo(expected);
    assertThat(Fragment.readAll(expected)).containsExactly(CONSTANT);
  }

  @Test
  void anyFragments_writtenOneAfterTheOther_comeBack() throws Exception {
    Random random = new Random(6);
    for (int round = 0; round < 3_000; round++) {
      List<Fragment> fragments = new ArrayList<>();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = random.nextInt(4); i >= 0; i--) {
        Fragment fragment = RandomFragments.next(random);
        byte[] written = fragment.write();
        assertThat(written).hasSize(fragment.lengthBytes());
        fragments.add(fragment);
        bytes.writeBytes(written);
        if (random.nextBoolean()) {
          bytes.writeBytes(Fixtures.parseHex("00000010 70726674 00000000 00000000 # prft"));
        }
      }
      assertThat(Fragment.readAll(bytes.toByteArray())).isEqualTo(fragments);
    }
  }

  @Test
  void write_ofALargeFragment_allocatesItsBytesAndHardlyMore() {
    List<AccessUnit> samples = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      samples.add(new AccessUnit(3003L * i, i % 3 * 1001, 3003, i == 0, new byte[10_000 + i]));
    }
    Fragment fragment = new Fragment(1, 1, samples);
    fragment.write(); // loads classes

    long before = Allocation.bytesSoFar();
    byte[] written = fragment.write();
    long cost = Allocation.bytesSoFar() - before;

    assertThat(cost).isLessThan(written.length + 4096L);
  }

  @Test
  void times_ofAFragment_areThoseOfItsEnds() {
    assertThat(REORDERED.baseDecodeTimeTicks()).isEqualTo(90_000);
    assertThat(REORDERED.endDecodeTimeTicks()).isEqualTo(99_000);
    assertThat(REORDERED.startsWithSync()).isTrue();
    assertThat(REORDERED.samples().get(1).presentationTimeTicks()).isEqualTo(96_000);
  }

  @Test
  void decodedLaterBy_firstOffset_startsDecodingAtTheFirstPresentationTime() {
    AccessUnit fromRtmp = new AccessUnit(1000, 66, 33, true, new byte[] {1});

    AccessUnit inTheHouse = fromRtmp.decodedLaterBy(66);

    assertThat(inTheHouse.decodeTimeTicks()).isEqualTo(1066);
    assertThat(inTheHouse.compositionOffsetTicks()).isZero();
    assertThat(inTheHouse.presentationTimeTicks()).isEqualTo(fromRtmp.presentationTimeTicks());
    assertThat(inTheHouse.data()).isSameAs(fromRtmp.data());
  }

  @Test
  void samples_withAGap_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Fragment(
                    1,
                    1,
                    List.of(
                        new AccessUnit(0, 0, 10, true, new byte[1]),
                        new AccessUnit(11, 0, 10, true, new byte[1]))))
        .withMessageContaining("expected decode time 10");
  }

  @Test
  void fragment_thatCannotBe_isRefused() {
    AccessUnit sample = new AccessUnit(-1, 0, 10, true, new byte[1]);
    assertThatIllegalArgumentException().isThrownBy(() -> new Fragment(1, 1, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fragment(1, 0, List.of(sample.movedBy(1))));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fragment(1, 1, List.of(sample)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccessUnit(0, 0, 1, true, new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccessUnit(0, 0, -1, true, new byte[1]));
  }
}
