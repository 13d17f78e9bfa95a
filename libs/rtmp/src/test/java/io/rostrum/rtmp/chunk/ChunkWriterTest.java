package io.rostrum.rtmp.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.rtmp.Hex;
import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.message.Message;
import io.rostrum.rtmp.message.MessageWriter;
import io.rostrum.rtmp.message.RawMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkWriterTest {

  @ParameterizedTest
  @CsvSource({
    "2, 0, 0",
    "3, 1, 127",
    "63, 0, 128",
    "64, 1, 129",
    "319, 16777214, 1000",
    "320, 16777215, 1000",
    "65599, 4294967295, 1000"
  })
  void message_writtenAndRead_isTheSame(int chunkStreamId, long timestampMs, int length) {
    RawMessage message =
        new RawMessage(chunkStreamId, 9, 1, timestampMs, Hex.run(chunkStreamId, length));
    List<RawMessage> read = new ArrayList<>();

    byte[] wire = new ChunkWriter().write(message);
    new ChunkReader(RtmpLimits.defaults()).receive(ByteBuffer.wrap(wire), read::add);

    assertThat(read).usingRecursiveComparison().isEqualTo(List.of(message));
  }

  @Test
  void setChunkSize_appliesToWhatFollows() {
    ChunkWriter writer = new ChunkWriter();
    RawMessage big = new RawMessage(6, 9, 1, 0, new byte[60_000]);
    int before = writer.write(big).length;

    writer.write(MessageWriter.write(new Message.SetChunkSize(60_000)));

    assertThat(before).isEqualTo(12 + 60_000 + 60_000 / 128);
    assertThat(writer.write(big)).hasSize(12 + 60_000);
  }

  @Test
  void acknowledgement_everyWindow_countsModulo32Bits() {
    AcknowledgementWindow window = new AcknowledgementWindow(1000);

    assertThat(window.onReceived(999)).isEmpty();
    assertThat(window.onReceived(1000)).hasValue(1000);
    assertThat(window.onReceived(1999)).isEmpty();
    assertThat(window.onReceived(0x1_0000_0005L)).hasValue(5);
    window.setWindow(0);
    assertThat(window.onReceived(0x2_0000_0000L)).isEmpty();
  }
}
