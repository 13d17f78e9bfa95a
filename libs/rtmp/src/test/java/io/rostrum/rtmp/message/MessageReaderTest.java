package io.rostrum.rtmp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.rtmp.Hex;
import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.amf0.Amf0Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageReaderTest {

  private final MessageReader reader = new MessageReader(RtmpLimits.defaults());

  static Stream<Message> messages() {
    return Stream.of(
        new Message.SetChunkSize(4096),
        new Message.Abort(6),
        new Message.Acknowledgement(0xFFFF_FFFFL),
        new Message.WindowAckSize(2_500_000),
        new Message.SetPeerBandwidth(2_500_000, 2),
        new Message.UserControl(Message.UserControl.PING_REQUEST, 77),
        new Message.Command(
            1, "publish", 5, List.of(Amf0Value.NULL, Amf0Value.of("name"), Amf0Value.of("live"))),
        new Message.Data(
            40, List.of(Amf0Value.of("onMetaData"), new Amf0Value.Obj(Map.of(), true))),
        new Message.Audio(1, 40, new byte[] {1}),
        new Message.Video(1, 40, new byte[] {2}));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_writtenAndRead_isTheSame(Message message) {
    assertThat(read(MessageWriter.write(message)))
        .usingRecursiveComparison()
        .isEqualTo(List.of(message));
  }

  @Test
  void amf3Command_withFormatByteAndAmf0Inside_isRead() {
    // format byte | "call" | 2
    byte[] payload = Hex.bytes("00 02 0004 63616C6C 00 4000000000000000");

    List<Message> read = read(new RawMessage(3, MessageType.COMMAND_AMF3, 0, 0, payload));

    assertThat(read).containsExactly(new Message.Command(0, "call", 2, List.of()));
  }

  @Test
  void command_withoutTransactionId_expectsNoAnswer() {
    List<Message> read =
        read(new RawMessage(3, MessageType.COMMAND_AMF0, 0, 0, Hex.bytes("02 0001 78")));

    assertThat(read).containsExactly(new Message.Command(0, "x", 0, List.of()));
  }

  @Test
  void metadataThatCannotBeRead_isPassedOver() {
    // onMetaData in AMF3
    byte[] payload = Hex.bytes("02 000A 6F6E4D65746144617461 11 0A0B01");

    assertThat(read(new RawMessage(4, MessageType.DATA_AMF0, 1, 0, payload)))
        .containsExactly(new Message.Unknown(MessageType.DATA_AMF0, payload.length));
  }

  @Test
  void aggregate_partsTakeTheAggregatesTime() {
    byte[] payload =
        Hex.bytes(
            """
            09 000001 0003E8 00 000000 AA 0000000C   # video at 1000
            08 000002 0003FC 00 000000 BB CC         # audio at 1020, back pointer missing
            """);

    List<Message> read = read(new RawMessage(6, MessageType.AGGREGATE, 1, 5000, payload));

    assertThat(read)
        .usingRecursiveComparison()
        .isEqualTo(
            List.of(
                new Message.Video(1, 5000, new byte[] {(byte) 0xAA}),
                new Message.Audio(1, 5020, new byte[] {(byte) 0xBB, (byte) 0xCC})));
  }

  @Test
  void unknownTypesAndEvents_areToldNotRefused() {
    assertThat(read(new RawMessage(3, 0, 0, 0, new byte[9])))
        .containsExactly(new Message.Unknown(0, 9));
    assertThat(read(new RawMessage(2, MessageType.USER_CONTROL, 0, 0, Hex.bytes("001F"))))
        .containsExactly(new Message.UserControl(31, 0));
  }

  private List<Message> read(RawMessage raw) {
    List<Message> messages = new ArrayList<>();
    reader.read(raw, messages::add);
    return messages;
  }
}
