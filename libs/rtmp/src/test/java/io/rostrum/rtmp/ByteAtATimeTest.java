package io.rostrum.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.rtmp.chunk.ChunkReader;
import io.rostrum.rtmp.message.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every good stream read whole, a byte at a time, and in portions of three: the same messages. */
class ByteAtATimeTest {

  static Stream<Arguments> fixtures() throws IOException {
    try (InputStream in = ByteAtATimeTest.class.getResourceAsStream("/good/streams.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split("\\|"))
          .map(f -> Arguments.of(f[0].trim(), Integer.parseInt(f[1].trim()), f[2].trim()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fixtures")
  void goodStream_inAnyPortions_isTheSame(String name, int messages, String hex) {
    byte[] wire = Hex.bytes(hex);

    List<String> whole = read(wire, wire.length);

    assertThat(whole).hasSize(messages);
    assertThat(read(wire, 1)).isEqualTo(whole);
    assertThat(read(wire, 3)).isEqualTo(whole);
    Pipeline pipeline = new Pipeline(RtmpLimits.defaults(), false);
    for (int at = 0; at < wire.length; at++) {
      pipeline.receive(wire, at, 1);
    }
    assertThat(pipeline.messagesRead).isGreaterThanOrEqualTo(messages);
  }

  private static List<String> read(byte[] wire, int step) {
    ChunkReader reader = new ChunkReader(RtmpLimits.defaults());
    List<String> read = new ArrayList<>();
    for (int at = 0; at < wire.length; at += step) {
      int length = Math.min(step, wire.length - at);
      reader.receive(
          ByteBuffer.wrap(wire, at, length),
          (RawMessage raw) ->
              read.add(
                  raw.chunkStreamId()
                      + " "
                      + raw.typeId()
                      + " "
                      + raw.messageStreamId()
                      + " "
                      + raw.timestampMs()
                      + " "
                      + HexFormat.of().formatHex(raw.payload())));
    }
    assertThat(reader.bufferedBytes()).isZero();
    return read;
  }
}
