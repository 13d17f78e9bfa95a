package io.rostrum.rtmp.amf0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.rtmp.Hex;
import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.RtmpLimits;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Amf0Test {

  static Stream<Arguments> values() {
    Map<String, Amf0Value> members = new LinkedHashMap<>();
    members.put("app", Amf0Value.of("live"));
    members.put("fpad", Amf0Value.of(false));
    return Stream.of(
        Arguments.of("number", "00 3FF0000000000000", Amf0Value.of(1)),
        Arguments.of("boolean", "01 01", Amf0Value.of(true)),
        Arguments.of("string", "02 0003 C3A461", Amf0Value.of("äa")),
        Arguments.of("empty string", "02 0000", Amf0Value.of("")),
        Arguments.of(
            "object",
            "03 0003 617070 02 0004 6C697665 0004 66706164 01 00 0000 09",
            new Amf0Value.Obj(members)),
        Arguments.of("null", "05", Amf0Value.NULL),
        Arguments.of("undefined", "06", Amf0Value.UNDEFINED),
        Arguments.of("reference", "07 0102", new Amf0Value.Reference(0x102)),
        Arguments.of(
            "ecma array",
            "08 00000001 0001 61 05 0000 09",
            new Amf0Value.Obj(Map.of("a", Amf0Value.NULL), true)),
        Arguments.of(
            "strict array",
            "0A 00000002 05 01 00",
            new Amf0Value.Array(List.of(Amf0Value.NULL, Amf0Value.of(false)))),
        Arguments.of("date", "0B 4024000000000000 0000", new Amf0Value.Date(10)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void value_bothWays_isTheSame(String name, String hex, Amf0Value value) {
    byte[] wire = Hex.bytes(hex);

    assertThat(read(wire)).containsExactly(value);
    assertThat(Amf0Writer.write(List.of(value))).isEqualTo(wire);
  }

  @Test
  void longString_roundTrip_usesTheLongForm() {
    Amf0Value text = Amf0Value.of("x".repeat(70_000));

    byte[] wire = Amf0Writer.write(List.of(text));

    assertThat(wire).startsWith(0x0C);
    assertThat(read(wire)).containsExactly(text);
  }

  @Test
  void ecmaArray_wrongCountOrNoEndMarker_isReadToTheEnd() {
    List<Amf0Value> values = read(Hex.bytes("08 00000009 0001 61 05"));

    assertThat(values.get(0).member("a")).contains(Amf0Value.NULL);
  }

  @Test
  void typedObjectAndXml_areReadAsObjectAndText() {
    assertThat(read(Hex.bytes("10 0001 54 0001 61 05 0000 09  0F 00000001 58")))
        .containsExactly(new Amf0Value.Obj(Map.of("a", Amf0Value.NULL)), Amf0Value.of("X"));
  }

  @Test
  void nesting_beyondTheLimit_isRefused() {
    String deep = "03 0001 61 ".repeat(20) + "05";

    assertThatThrownBy(() -> read(Hex.bytes(deep)))
        .isInstanceOf(RtmpException.class)
        .hasMessageContaining("maxAmfDepth=16");
  }

  @Test
  void values_beyondTheLimit_areRefused() {
    assertThatThrownBy(() -> read(Hex.bytes("05".repeat(5000))))
        .isInstanceOf(RtmpException.class)
        .hasMessageContaining("maxAmfValues=4096");
  }

  private static List<Amf0Value> read(byte[] wire) {
    return new Amf0Reader(ByteBuffer.wrap(wire), RtmpLimits.defaults()).readAll();
  }
}
