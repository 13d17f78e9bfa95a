package io.rostrum.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedCorpusTest {

  static Stream<Arguments> corpus() throws IOException {
    try (InputStream in = MalformedCorpusTest.class.getResourceAsStream("/malformed/corpus.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\|"))
          .map(f -> Arguments.of(f[2].trim(), f[0].trim(), f[1].trim(), f[3].trim()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("corpus")
  void malformed_wholeAndByteAtATime_endsInItsOwnException(
      String what, String stage, String kind, String hex) {
    byte[] wire = Hex.bytes(hex);
    for (int step : new int[] {wire.length, 1}) {
      Pipeline pipeline = new Pipeline(RtmpLimits.defaults(), stage.equals("handshake"));

      assertThatThrownBy(
              () -> {
                for (int at = 0; at < wire.length; at += step) {
                  pipeline.receive(wire, at, step);
                }
              })
          .isInstanceOfSatisfying(
              RtmpException.class,
              e -> {
                assertThat(e.kind()).hasToString(kind);
                assertThat(e.getMessage()).isNotBlank();
              });
    }
  }
}
