package io.rostrum.webrtc.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.rostrum.webrtc.Hex;
import io.rostrum.webrtc.WebRtcException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that a stranger sends does more than raise the one exception. {@code
 * -Drostrum.fuzz.inputs} says how many are tried for each format, {@code -Drostrum.fuzz.seed} with
 * which seed.
 */
class HostileInputTest {

  private static final int INPUTS = Integer.getInteger("rostrum.fuzz.inputs", 20_000);
  private static final long SEED = Long.getLong("rostrum.fuzz.seed", 20_261_121L);

  static Stream<Arguments> corpus() throws IOException {
    try (InputStream in = HostileInputTest.class.getResourceAsStream("/malformed/corpus.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\|", -1))
          .map(
              f ->
                  Arguments.of(f[2].trim(), Format.valueOf(f[0].trim()), f[1].trim(), f[3].trim()));
    }
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("corpus")
  void malformed_isRefusedWithTheOneException(
      String what, Format format, String kind, String content) {
    byte[] bytes =
        content.startsWith("\"")
            ? content.replace("\"", "").replace("\\n", "\r\n").getBytes(StandardCharsets.UTF_8)
            : Hex.bytes(content);

    assertThatThrownBy(() -> format.read(bytes))
        .isInstanceOfSatisfying(WebRtcException.class, e -> assertThat(e.kind()).hasToString(kind));
  }

  @ParameterizedTest
  @EnumSource
  void good_cutAnywhere_raisesNothingElse(Format format) {
    for (byte[] seed : format.seeds()) {
      for (int length = 0; length < seed.length; length++) {
        read(format, Arrays.copyOf(seed, length), "cut");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void generated_raisesNothingElse(Format format) {
    List<byte[]> seeds = format.seeds();
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      Random random = new Random(SEED + i);
      byte[] input = mutated(seeds.get(random.nextInt(seeds.size())), random);
      if (!read(format, input, "input " + i + " of seed " + SEED)) {
        refused++;
      }
    }
    // Were nothing refused, or all, nothing would have been tried.
    assertThat(refused).isBetween(INPUTS / 50, INPUTS - 1);
  }

  @Test
  void noise_raisesNothingElse() {
    for (int i = 0; i < INPUTS; i++) {
      Random random = new Random(SEED - i);
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      for (Format format : Format.values()) {
        read(format, noise, "noise " + i + " of seed " + SEED);
      }
    }
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int m = random.nextInt(5); m > 0 && bytes.length > 0; m--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        case 4 -> {
          byte[] longer = Arrays.copyOf(bytes, 2 * bytes.length - at);
          System.arraycopy(bytes, at, longer, bytes.length, bytes.length - at);
          bytes = longer;
        }
        default -> {
          int from = random.nextInt(bytes.length);
          bytes[at] = bytes[from];
        }
      }
    }
    return bytes;
  }

  /** Whether it could be read. */
  private static boolean read(Format format, byte[] bytes, String which) {
    byte[] given = bytes.clone();
    try {
      format.read(bytes);
      return true;
    } catch (WebRtcException refusal) {
      assertThat(refusal.getMessage()).startsWith(refusal.format());
      return false;
    } catch (RuntimeException | Error e) {
      return fail(format + ", " + which + ": " + HexFormat.of().formatHex(given), e);
    }
  }
}
