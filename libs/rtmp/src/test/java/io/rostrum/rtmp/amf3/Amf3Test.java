package io.rostrum.rtmp.amf3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.rtmp.Hex;
import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.amf0.Amf0Reader;
import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.message.Message;
import io.rostrum.rtmp.message.MessageReader;
import io.rostrum.rtmp.message.MessageType;
import io.rostrum.rtmp.message.RawMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Amf3Test {

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("undefined", "00", Amf0Value.UNDEFINED),
        Arguments.of("null", "01", Amf0Value.NULL),
        Arguments.of("true", "03", Amf0Value.of(true)),
        Arguments.of("integer of one byte", "04 7F", Amf0Value.of(127)),
        Arguments.of("integer of four bytes", "04 BF FF FF FF", Amf0Value.of(268_435_455)),
        Arguments.of("negative integer", "04 FF FF FF FF", Amf0Value.of(-1)),
        Arguments.of("double", "05 3FF8000000000000", Amf0Value.of(1.5)),
        Arguments.of("string", "06 09 6C697665", Amf0Value.of("live")),
        Arguments.of("date", "08 01 4000000000000000", new Amf0Value.Date(2)),
        Arguments.of(
            "dense array",
            "09 05 01 04 01 04 02",
            new Amf0Value.Array(List.of(Amf0Value.of(1), Amf0Value.of(2)))),
        Arguments.of(
            "array with names",
            "09 03 03 61 02 01 04 07",
            new Amf0Value.Obj(Map.of("a", Amf0Value.of(false), "0", Amf0Value.of(7)), true)),
        Arguments.of(
            "dynamic object, its second name a reference",
            // traits: inline, dynamic, no sealed names, class ""
            "0A 0B 01 03 61 04 01 03 62 06 00 01",
            new Amf0Value.Obj(Map.of("a", Amf0Value.of(1), "b", Amf0Value.of("a")))),
        Arguments.of(
            "sealed object, then another with the same traits",
            "09 05 01 0A 13 01 03 61 04 01 0A 01 04 02",
            new Amf0Value.Array(
                List.of(
                    new Amf0Value.Obj(Map.of("a", Amf0Value.of(1))),
                    new Amf0Value.Obj(Map.of("a", Amf0Value.of(2)))))),
        Arguments.of("reference to an object", "0A 02", new Amf0Value.Reference(1)),
        Arguments.of("bytes", "0C 05 0102", Amf0Value.UNDEFINED),
        Arguments.of(
            "vector of integers",
            "0D 05 00 00000001 FFFFFFFF",
            new Amf0Value.Array(List.of(Amf0Value.of(1), Amf0Value.of(-1)))),
        Arguments.of(
            "dictionary",
            "11 03 00 06 03 61 03",
            new Amf0Value.Obj(Map.of("a", Amf0Value.of(true)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("values")
  void value_behindTheSwitchOfAmf0_isRead(String name, String hex, Amf0Value value) {
    ByteBuffer in = ByteBuffer.wrap(Hex.bytes("11 " + hex + " 05"));

    List<Amf0Value> all = new Amf0Reader(in, RtmpLimits.defaults()).readAll();

    assertThat(all).containsExactly(value, Amf0Value.NULL);
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_cutShortAnywhere_isMalformed(String name, String hex, Amf0Value value) {
    byte[] whole = Hex.bytes(hex);
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer in = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> new Amf3Reader(in, RtmpLimits.defaults(), 0).read(1))
          .isInstanceOf(RtmpException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12 00", // no such type
        "06 02", // string reference to nothing
        "0A 05", // traits reference to nothing
        "0A 07 01", // a class with its own encoding
        "09 BFFFFFFF 01", // more elements than bytes
        "0D BFFFFFFF 00 00000001"
      })
  void valueThatCannotBe_isRefused(String hex) {
    ByteBuffer in = ByteBuffer.wrap(Hex.bytes(hex));

    assertThatThrownBy(() -> new Amf3Reader(in, RtmpLimits.defaults(), 0).read(1))
        .isInstanceOf(RtmpException.class);
  }

  @Test
  void nestingAndNumber_acrossBothFormats_haveOneLimit() {
    // arrays of one element each
    byte[] deep = Hex.bytes("0A 00000001 11" + " 09 03 01".repeat(20) + " 01");
    byte[] many = Hex.bytes("11 09 8201 01" + " 01".repeat(128));
    RtmpLimits limits = new RtmpLimits(1 << 20, 4, 1 << 20, 16, 100);

    assertThatThrownBy(() -> new Amf0Reader(ByteBuffer.wrap(deep), limits).readAll())
        .hasMessageContaining("maxAmfDepth");
    assertThatThrownBy(() -> new Amf0Reader(ByteBuffer.wrap(many), limits).readAll())
        .hasMessageContaining("maxAmfValues");
  }

  @Test
  void commandMessageOfType17_withAmf3Values_isACommand() {
    // format byte | "connect" | 1 | an object in AMF3: {app: "live"}
    byte[] payload =
        Hex.bytes(
            "00 02 0007 636F6E6E656374 00 3FF0000000000000 11 0A0B01 07617070 06096C697665 01");
    List<Message> read = new ArrayList<>();

    new MessageReader(RtmpLimits.defaults())
        .read(new RawMessage(3, MessageType.COMMAND_AMF3, 0, 0, payload), read::add);

    assertThat(read)
        .singleElement()
        .isInstanceOfSatisfying(
            Message.Command.class,
            command -> {
              assertThat(command.name()).isEqualTo("connect");
              assertThat(command.argument(0).member("app")).contains(Amf0Value.of("live"));
            });
  }
}
