package io.rostrum.media.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.rostrum.media.Allocation;
import io.rostrum.media.Fixtures;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.RandomFragments;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Nothing that anybody can send does more than raise the one exception: no other exception, no
 * endless loop, no memory that the input does not pay for; and whatever can be read can be written.
 */
class HostileInputTest {

  private static final int MUTATIONS_PER_FORMAT = 20_000;

  /**
   * Objects cost more than the bytes they stand for: a sample of one byte some hundred, a box of
   * eight as many.
   */
  private static final int ALLOCATION_FACTOR = 256;

  private static final int ALLOCATION_ALLOWANCE = 64 * 1024;

  static Stream<Arguments> corpus() throws IOException, URISyntaxException {
    Stream.Builder<Arguments> files = Stream.builder();
    for (Format format : Format.values()) {
      Path folder = folder().resolve(format.folder);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> found = Files.list(folder)) {
          found
              .sorted()
              .forEach(file -> files.add(Arguments.of(format, file.getFileName().toString())));
        }
      }
    }
    return files.build();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("corpus")
  void malformedInput_isRefusedWithTheOneException(Format format, String name) throws Exception {
    byte[] bytes = bytes(format, name);
    assertThatThrownBy(() -> format.readAndWrite(bytes))
        .isInstanceOfSatisfying(
            MalformedMediaException.class, e -> assertThat(e).hasMessageStartingWith(e.format()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("corpus")
  void malformedInput_givenToEveryReader_raisesNothingElse(Format format, String name)
      throws Exception {
    byte[] bytes = bytes(format, name);
    for (Format reader : Format.values()) {
      read(reader, bytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void validInput_isRead(Format format) {
    for (byte[] seed : format.seeds()) {
      if (format != Format.OPUS) { // a configuration is no packet
        assertThatCode(() -> format.readAndWrite(seed)).doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void validInput_cutAnywhere_raisesNothingElse(Format format) {
    for (byte[] seed : format.seeds()) {
      for (int length = 0; length < seed.length; length++) {
        read(format, Arrays.copyOf(seed, length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void validInput_mutated_raisesNothingElse(Format format) {
    Random random = new Random(format.ordinal());
    List<byte[]> seeds = format.seeds();
    int refused = 0;
    for (int i = 0; i < MUTATIONS_PER_FORMAT; i++) {
      byte[] mutated = Mutation.of(seeds.get(random.nextInt(seeds.size())), random);
      if (!read(format, mutated)) {
        refused++;
      }
    }
    // Were nothing refused, nothing would have been tried.
    assertThat(refused).isBetween(MUTATIONS_PER_FORMAT / 20, MUTATIONS_PER_FORMAT);
  }

  @Test
  void fragmentsOfEveryShape_mutated_raiseNothingElse() {
    Random random = new Random(42);
    for (int i = 0; i < MUTATIONS_PER_FORMAT; i++) {
      Fragment fragment = RandomFragments.next(random);
      read(Format.FRAGMENT, Mutation.of(fragment.write(), random));
    }
  }

  @Test
  void noise_raisesNothingElse() {
    Random random = new Random(43);
    for (int i = 0; i < MUTATIONS_PER_FORMAT; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      for (Format format : Format.values()) {
        read(format, noise);
      }
    }
  }

  /** Whether it could be read. */
  private static boolean read(Format format, byte[] bytes) {
    byte[] before = bytes.clone();
    try {
      format.readAndWrite(bytes);
      return true;
    } catch (MalformedMediaException refusal) {
      assertThat(costOfRefusal(format, bytes))
          .as("bytes allocated to refuse %s of %d bytes", format, bytes.length)
          .isLessThan(ALLOCATION_ALLOWANCE + (long) ALLOCATION_FACTOR * bytes.length);
      return false;
    } catch (RuntimeException | Error e) {
      return fail(format + " of " + HexFormat.of().formatHex(bytes), e);
    } finally {
      assertThat(bytes).as("the input").isEqualTo(before);
    }
  }

  /** What a second refusal allocates: the first one also loads classes. */
  private static long costOfRefusal(Format format, byte[] bytes) {
    long before = Allocation.bytesSoFar();
    try {
      format.readAndWrite(bytes);
    } catch (MalformedMediaException expected) {
      return Allocation.bytesSoFar() - before;
    }
    return fail("%s read at the second attempt what it refused at the first", format);
  }

  private static byte[] bytes(Format format, String name) throws Exception {
    return Fixtures.parseHex(Files.readString(folder().resolve(format.folder).resolve(name)));
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(HostileInputTest.class.getResource("/malformed").toURI());
  }
}
