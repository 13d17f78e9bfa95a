package io.rostrum.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CodedBytesTest {

  private static final byte[] TAG = Fixtures.parseHex("AF01 21004990");

  @Test
  void view_equalsAnArrayOfTheSameBytes() {
    CodedBytes view = CodedBytes.of(TAG, 2, 4);
    CodedBytes whole = CodedBytes.of(Fixtures.parseHex("21004990"));

    assertThat(view).isEqualTo(whole).hasSameHashCodeAs(whole);
    assertThat(new AccessUnit(0, 0, 1024, true, view))
        .isEqualTo(new AccessUnit(0, 0, 1024, true, whole.buffer()));
    assertThat(view).isNotEqualTo(CodedBytes.of(TAG, 1, 4)).isNotEqualTo(CodedBytes.of(TAG, 2, 3));
  }

  @Test
  void toByteArray_isTheArrayItself_whereThatIsAllOfIt_elseACopyOfTheRange() {
    assertThat(CodedBytes.of(TAG).toByteArray()).isSameAs(TAG);
    assertThat(CodedBytes.of(TAG, 2, 4).toByteArray()).isEqualTo(Fixtures.parseHex("21004990"));
  }

  @Test
  void rangesThatAreEmptyOrOutside_areRefused() {
    assertThatThrownBy(() -> CodedBytes.of(TAG, 6, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CodedBytes.of(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CodedBytes.of(TAG, 2, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
