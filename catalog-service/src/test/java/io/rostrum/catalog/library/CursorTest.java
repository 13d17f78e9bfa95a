package io.rostrum.catalog.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.catalog.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Test
  void cursor_roundTrip_keepsTheMicrosecond() {
    Cursor cursor = new Cursor(Instant.parse("2026-01-05T09:00:00.123456Z"), "abcd2345");
    assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "12", "12.", ".abcd", "x.abcd", "9223372036854775807.abcd", "12.AB CD"})
  void cursor_forged_isRefused(String plain) {
    String text = Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> Cursor.decode(text)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> Cursor.decode("%" + plain)).isInstanceOf(ProblemException.class);
  }
}
