package io.rostrum.media.avc;

import io.rostrum.media.Fixtures;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The configurations of real encoders, for tests elsewhere. */
public final class AvcConfigurations {

  private AvcConfigurations() {}

  /** Name and {@code avcC}. */
  public static Stream<Arguments> all() {
    return Fixtures.table("avc/avcC.csv").stream()
        .map(row -> Arguments.of(row.get(0), Fixtures.parseHex(row.get(1))));
  }
}
