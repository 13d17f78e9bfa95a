package io.rostrum.rtmp.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.rtmp.Hex;
import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.RtmpLimits;
import io.rostrum.rtmp.message.RawMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkReaderTest {

  private static final String SMALL_CHUNKS =
      """
      02 000000 000004 01 00000000  # csid 2, type 0: Set Chunk Size
      00000004                      # 4
      """;

  @Test
  void type0_followedByType3WithoutMessageInBetween_repeatsTheTimestampAsDelta() {
    List<RawMessage> messages =
        read(
            """
            04 0003E8 000002 08 01000000  # csid 4, type 0, 1000 ms, 2 bytes, audio, stream 1
            AA BB
            C4                            # type 3: a new message like the last, delta 1000
            CC DD
            """);

    assertThat(messages).extracting(RawMessage::timestampMs).containsExactly(1000L, 2000L);
    assertThat(messages).extracting(RawMessage::messageStreamId).containsExactly(1, 1);
    assertThat(messages.get(1).payload()).containsExactly(0xCC, 0xDD);
  }

  @Test
  void limitsBeforePublishing_holdUntilOthersAreSet() {
    ChunkReader reader = new ChunkReader(RtmpLimits.defaults().beforePublishing());
    byte[] header = Hex.bytes("04 000000 010001 09 01000000");

    assertThatThrownBy(() -> reader.receive(ByteBuffer.wrap(header), raw -> {}))
        .isInstanceOf(RtmpException.class)
        .hasMessageContaining("maxMessageBytes=65536");

    ChunkReader admitted = new ChunkReader(RtmpLimits.defaults().beforePublishing());
    admitted.setLimits(RtmpLimits.defaults());
    admitted.receive(ByteBuffer.wrap(header), raw -> {});
  }

  @Test
  void deltas_types1And2And3_addUp() {
    List<RawMessage> messages =
        read(
            """
            04 0003E8 000001 08 01000000 01
            44 000014 000002 09          # type 1: +20 ms, 2 bytes, video
            02 03
            84 000017                    # type 2: +23 ms
            04 05
            C4 06 07                     # type 3: +23 ms
            """);

    assertThat(messages)
        .extracting(RawMessage::timestampMs)
        .containsExactly(1000L, 1020L, 1043L, 1066L);
    assertThat(messages).extracting(RawMessage::typeId).containsExactly(8, 9, 9, 9);
  }

  @Test
  void interleavedStreams_eachKeepsItsOwnState() {
    List<RawMessage> messages =
        read(
            SMALL_CHUNKS
                + """
                06 00000A 000006 09 01000000 60616263   # video, first chunk
                04 000005 000005 08 01000000 40414243   # audio, first chunk
                C6 6465                                 # video, rest
                C4 44                                   # audio, rest
                """);

    assertThat(messages).hasSize(3);
    assertThat(messages.get(1).payload()).isEqualTo(Hex.run(0x60, 6));
    assertThat(messages.get(2).payload()).isEqualTo(Hex.run(0x40, 5));
  }

  @Test
  void basicHeader_twoAndThreeBytes_reachAllChunkStreams() {
    List<RawMessage> messages =
        read(
            """
            00 00   000000 000001 08 01000000 01   # 64
            00 FF   000000 000001 08 01000000 02   # 319
            01 0000 000000 000001 08 01000000 03   # 64, the long way
            01 FFFF 000000 000001 08 01000000 04   # 65599
            C1 FFFF 05                             # type 3 on it
            """);

    assertThat(messages)
        .extracting(RawMessage::chunkStreamId)
        .containsExactly(64, 319, 64, 65599, 65599);
  }

  @Test
  void extendedTimestamp_repeatedOnType3_isNotPayload() {
    List<RawMessage> messages =
        read(
            SMALL_CHUNKS
                + """
                06 FFFFFF 000006 09 01000000 01000000   # 2^24 ms
                60616263
                C6 01000000 6465                        # repeated
                """);

    assertThat(messages.get(1).timestampMs()).isEqualTo(0x0100_0000L);
    assertThat(messages.get(1).payload()).isEqualTo(Hex.run(0x60, 6));
  }

  @Test
  void extendedTimestamp_leftOutOnType3_isPayload() {
    List<RawMessage> messages =
        read(
            SMALL_CHUNKS
                + """
                06 FFFFFF 00000A 09 01000000 01000000
                60616263
                C6 64656667       # old librtmp and FFmpeg
                C6 6869           # shorter than the timestamp would be
                04 000005 000001 08 01000000 40
                """);

    assertThat(messages).hasSize(3);
    assertThat(messages.get(1).payload()).isEqualTo(Hex.run(0x60, 10));
    assertThat(messages.get(2).payload()).containsExactly(0x40);
  }

  @Test
  void extendedTimestamp_leftOutAndPayloadStartsLikeIt_isStillPayload() {
    List<RawMessage> messages =
        read(
            SMALL_CHUNKS
                + """
                06 FFFFFF 000007 09 01000000 01000000
                60616263
                C6 010000           # three bytes that agree, and then the next chunk does not
                44 000005 000001 08 40
                """);

    assertThat(messages.get(1).payload())
        .isEqualTo(Hex.concat(Hex.run(0x60, 4), new byte[] {1, 0, 0}));
    assertThat(messages.get(2).payload()).containsExactly(0x40);
  }

  @Test
  void extendedTimestamp_onType3ThatStartsAMessage_isTheTimestamp() {
    List<RawMessage> messages =
        read(
            """
            06 FFFFFF 000001 09 01000000 01000000 60
            C6 01000028 61                          # 40 ms later
            """);

    assertThat(messages)
        .extracting(RawMessage::timestampMs)
        .containsExactly(0x0100_0000L, 0x0100_0028L);
  }

  @Test
  void extendedTimestamp_inADeltaHeader_isTakenForWhateverIsPlausible() {
    List<RawMessage> messages =
        read(
            """
            06 FFFFFF 000001 09 01000000 01000000 60
            46 FFFFFF 000001 09 01000028 61          # the timestamp itself, 40 ms later
            46 FFFFFF 000001 09 02000000 62          # really a delta, of 2^25 ms
            """);

    assertThat(messages)
        .extracting(RawMessage::timestampMs)
        .containsExactly(0x0100_0000L, 0x0100_0028L, 0x0300_0028L);
  }

  @Test
  void timestamp_beyond32Bits_wraps() {
    List<RawMessage> messages =
        read(
            """
            06 FFFFFF 000001 09 01000000 FFFFFFF0 60
            46 000020 000001 09 61
            """);

    assertThat(messages).extracting(RawMessage::timestampMs).containsExactly(0xFFFF_FFF0L, 0x10L);
  }

  @Test
  void chunkSize_changedBetweenMessages_countsFromTheNextChunk() {
    List<RawMessage> messages =
        read(
            """
            02 000000 000004 01 00000000 00000001   # 1 byte a chunk
            04 000000 000003 08 01000000 40 C4 41 C4 42
            02 000000 000004 01 00000000 7F C2 FF C2 FF C2 FF   # the largest, itself cut in bytes
            04 000000 000003 08 01000000 404142
            """);

    assertThat(messages).hasSize(4);
    assertThat(messages.get(1).payload()).isEqualTo(Hex.run(0x40, 3));
    assertThat(messages.get(3).payload()).isEqualTo(Hex.run(0x40, 3));
  }

  @Test
  void abort_dropsTheMessageInProgressOnly() {
    List<RawMessage> messages =
        read(
            SMALL_CHUNKS
                + """
                06 000000 000008 09 01000000 60616263
                02 000000 000004 02 00000000 00000006   # abort csid 6
                06 000001 000002 09 01000000 7071
                """);

    assertThat(messages).extracting(RawMessage::typeId).containsExactly(1, 2, 9);
    assertThat(messages.get(2).payload()).containsExactly(0x70, 0x71);
  }

  @Test
  void type1OnAFreshChunkStream_asLibrtmpPingsDo_isAccepted() {
    List<RawMessage> messages = read("42 000000 000006 04 0006 00000001");

    assertThat(messages).hasSize(1);
    assertThat(messages.get(0).messageStreamId()).isZero();
  }

  @Test
  void type1InMidMessage_withTheSameLength_continuesIt() {
    List<RawMessage> messages =
        read(
            SMALL_CHUNKS
                + """
                06 000000 000006 09 01000000 60616263
                46 000000 000006 09 6465
                """);

    assertThat(messages.get(1).payload()).isEqualTo(Hex.run(0x60, 6));
  }

  @Test
  void emptyMessage_isDelivered() {
    assertThat(read("04 000000 000000 08 01000000")).hasSize(1);
  }

  @Test
  void manyIncompleteMessages_stopAtTheMemoryLimit() {
    RtmpLimits limits = new RtmpLimits(100_000, 64, 150_000, 4, 100);
    ChunkReader reader = new ChunkReader(limits);
    reader.receive(ByteBuffer.wrap(Hex.bytes("02 000000 000004 01 00000000 00010000")), m -> {});
    byte[] header = Hex.bytes("04 000000 0186A0 08 01000000");

    assertThatThrownBy(
            () -> {
              for (int csid = 4; csid < 64; csid++) {
                header[0] = (byte) csid;
                reader.receive(ByteBuffer.wrap(header), m -> {});
                reader.receive(ByteBuffer.wrap(new byte[0x10000]), m -> {});
              }
            })
        .isInstanceOf(RtmpException.class)
        .hasMessageContaining("maxBufferedBytes=150000");
    assertThat(reader.bufferedBytes()).isLessThanOrEqualTo(150_000);
  }

  @Test
  void announcedLength_withoutBytes_costsNoMemory() {
    ChunkReader reader = new ChunkReader(RtmpLimits.defaults());

    reader.receive(ByteBuffer.wrap(Hex.bytes("04 000000 B00000 08 01000000 00")), m -> {});

    assertThat(reader.bufferedBytes()).isLessThanOrEqualTo(64 * 1024);
  }

  @Test
  void completeMessages_leaveNothingBuffered() {
    ChunkReader reader = new ChunkReader(RtmpLimits.defaults());
    byte[] message = new ChunkWriter().write(new RawMessage(6, 9, 1, 40, Hex.run(0, 200_000)));

    reader.receive(ByteBuffer.wrap(message), m -> {});

    assertThat(reader.bufferedBytes()).isZero();
    assertThat(reader.bytesReceived()).isEqualTo(message.length);
  }

  /** What a fixture says, read whole and again one byte at a time. */
  private static List<RawMessage> read(String annotatedHex) {
    byte[] wire = Hex.bytes(annotatedHex);
    List<RawMessage> whole = new ArrayList<>();
    new ChunkReader(RtmpLimits.defaults()).receive(ByteBuffer.wrap(wire), whole::add);
    List<RawMessage> byteWise = new ArrayList<>();
    ChunkReader reader = new ChunkReader(RtmpLimits.defaults());
    for (byte b : wire) {
      reader.receive(ByteBuffer.wrap(new byte[] {b}), byteWise::add);
    }
    assertThat(byteWise).usingRecursiveComparison().isEqualTo(whole);
    return whole;
  }
}
