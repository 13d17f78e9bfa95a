package io.rostrum.playback.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §14. */
class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, PARTIAL, 0, 10",
    "bytes=5-, PARTIAL, 5, 95",
    "bytes=-10, PARTIAL, 90, 10",
    "bytes=-1000, PARTIAL, 0, 100",
    "bytes=90-1000, PARTIAL, 90, 10",
    "bytes=100-, UNSATISFIABLE, 0, 0",
    "bytes=-0, UNSATISFIABLE, 0, 0",
    "bytes=9-5, WHOLE, 0, 0",
    "bytes=a-b, WHOLE, 0, 0",
    "'bytes=0-1,5-6', WHOLE, 0, 0",
    "items=0-1, WHOLE, 0, 0",
    "bytes=99999999999999999999-, WHOLE, 0, 0",
    ", WHOLE, 0, 0"
  })
  void header_asksFor(String header, ByteRange.Kind kind, long offset, long length) {
    ByteRange.Parsed parsed = ByteRange.parse(header, 100);
    assertThat(parsed.kind()).isEqualTo(kind);
    if (kind == ByteRange.Kind.PARTIAL) {
      assertThat(parsed.range()).isEqualTo(new ByteRange(offset, length));
    }
  }
}
