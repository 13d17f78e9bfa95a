package io.rostrum.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.chunk.ChunkWriter;
import io.rostrum.rtmp.message.Message;
import io.rostrum.rtmp.message.MessageType;
import io.rostrum.rtmp.message.MessageWriter;
import io.rostrum.rtmp.message.RawMessage;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Generated input over all stages: mutated good streams, which reach deep, and plain noise. The
 * property: nothing but {@link RtmpException}, and never more memory than the limit. {@code
 * -Drostrum.fuzz.inputs} says how many.
 */
class FuzzTest {

  private static final int INPUTS = Integer.getInteger("rostrum.fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("rostrum.fuzz.seed", 20_121_221L);
  private static final RtmpLimits LIMITS = new RtmpLimits(1 << 20, 16, 2 << 20, 8, 256);

  @Test
  void generatedInput_anyStage_onlyTheCodecsOwnException() {
    int survived = 0;
    long messages = 0;
    for (int i = 0; i < INPUTS; i++) {
      Random random = new Random(SEED + i);
      byte[] wire = input(random);
      boolean withHandshake = random.nextInt(8) == 0;
      Pipeline pipeline = new Pipeline(LIMITS, withHandshake);
      try {
        for (int at = 0; at < wire.length; ) {
          int step = Math.min(wire.length - at, 1 + random.nextInt(400));
          pipeline.receive(wire, at, step);
          at += step;
          assertThat(pipeline.chunks.bufferedBytes())
              .isLessThanOrEqualTo(LIMITS.maxBufferedBytes());
        }
        survived++;
      } catch (RtmpException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      } catch (RuntimeException | Error e) {
        fail("input %d of seed %d: %s".formatted(i, SEED, HexFormat.of().formatHex(wire)), e);
      }
      messages += pipeline.messagesRead;
    }
    // The generator is worth something only if it reaches past the first check, and breaks things
    // too.
    assertThat(survived).isBetween(INPUTS / 50, INPUTS - INPUTS / 50);
    assertThat(messages).isGreaterThan(INPUTS);
  }

  /** What inputs cost is told by the allocations of this thread: bounded by what was sent. */
  @Test
  void generatedInput_allocatesInProportionToWhatIsSent() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long worst = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] wire = input(new Random(SEED + i));
      Pipeline pipeline = new Pipeline(LIMITS, false);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        pipeline.receive(wire, 0, wire.length);
      } catch (RtmpException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      worst = Math.max(worst, allocated - 512L * wire.length);
    }
    // A payload's first piece of 64 KiB for each of the 16 chunk streams allowed, and their growth.
    assertThat(worst).isLessThan(4L << 20);
  }

  private static byte[] input(Random random) {
    if (random.nextInt(10) == 0) {
      byte[] noise = new byte[random.nextInt(4000)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] wire = goodStream(random);
    int mutations = random.nextInt(6);
    for (int m = 0; m < mutations && wire.length > 0; m++) {
      int at = random.nextInt(wire.length);
      switch (random.nextInt(4)) {
        case 0 -> wire[at] = (byte) random.nextInt(256);
        case 1 -> wire[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> wire[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        default -> wire = java.util.Arrays.copyOf(wire, at);
      }
    }
    return wire;
  }

  private static byte[] goodStream(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ChunkWriter writer = new ChunkWriter();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      out.writeBytes(writer.write(message(random)));
    }
    return out.toByteArray();
  }

  private static RawMessage message(Random random) {
    return switch (random.nextInt(11)) {
      case 0 -> MessageWriter.write(new Message.SetChunkSize(1 + random.nextInt(5000)));
      case 1 -> MessageWriter.write(new Message.UserControl(random.nextInt(8), random.nextInt(9)));
      case 2 ->
          MessageWriter.write(
              new Message.Command(
                  1,
                  "connect",
                  1,
                  List.of(
                      new Amf0Value.Obj(
                          Map.of(
                              "app", Amf0Value.of("live"),
                              "list", new Amf0Value.Array(List.of(Amf0Value.of("av01"))),
                              "caps", new Amf0Value.Obj(Map.of("*", Amf0Value.of(4)), true))),
                      new Amf0Value.Date(1))));
      case 9 -> new RawMessage(3, MessageType.COMMAND_AMF3, 0, 0, amf3());
      case 3 -> new RawMessage(6, MessageType.AGGREGATE, 1, 9, aggregate());
      case 4 ->
          new RawMessage(
              4, MessageType.AUDIO, 1, time(random), flv(random, "AF01", "91", "95", "97"));
      case 5, 6 ->
          new RawMessage(
              6,
              MessageType.VIDEO,
              1,
              time(random),
              flv(random, "1701000000", "91", "96", "97", "1C00"));
      case 7 -> MessageWriter.write(new Message.Abort(random.nextInt(8)));
      default -> {
        byte[] payload = new byte[4 + random.nextInt(300)];
        random.nextBytes(payload);
        yield new RawMessage(
            2 + random.nextInt(400), random.nextInt(24), random.nextInt(3), time(random), payload);
      }
    };
  }

  private static long time(Random random) {
    return random.nextBoolean() ? random.nextInt(100_000) : random.nextInt() & 0xFFFF_FFFFL;
  }

  private static byte[] aggregate() {
    return Hex.bytes(
        "09 000001 0003E8 00 000000 AA 0000000C 08 000002 0003FC 00 000000 BB CC 0000000D");
  }

  /** A command whose values are AMF3: an object with an array, a vector and references. */
  private static byte[] amf3() {
    return Hex.bytes(
        "00 02 0007 636F6E6E656374 00 3FF000000000000011 0A0B01 03 61 09 05 01 04 01 0A 13 01 03 62"
            + " 06 00 03 63 0D 05 00 00000001 FFFFFFFF 0111 09 07 01 06 03 61 06 00 0A 00");
  }

  private static byte[] flv(Random random, String... heads) {
    byte[] head = Hex.bytes(heads[random.nextInt(heads.length)]);
    byte[] body = new byte[random.nextInt(600)];
    random.nextBytes(body);
    String[] names = {"avc1", "hvc1", "av01", "mp4a", "Opus"};
    byte[] name =
        random.nextBoolean()
            ? names[random.nextInt(names.length)].getBytes(
                java.nio.charset.StandardCharsets.US_ASCII)
            : new byte[0];
    return Hex.concat(head, name, body);
  }
}
