package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.VideoEncoder;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rungs with what their encoders announce, largest first, so that each can be scaled from one
 * before it.
 *
 * @param rungs at least one
 */
public record Ladder(List<Entry> rungs) {
  private static final Comparator<Entry> LARGEST_FIRST =
      Comparator.comparingLong((Entry entry) -> (long) entry.rung().width() * entry.rung().height())
          .reversed()
          .thenComparing(entry -> entry.rung().name());

  /**
   * @param rung its settings
   * @param avcC what a fresh encoder announced when the rung was first asked for
   */
  public record Entry(Rung rung, byte[] avcC) {}

  public Ladder {
    rungs = rungs.stream().sorted(LARGEST_FIRST).toList();
  }

  /**
   * Opens an encoder per rung to learn its configuration.
   *
   * @throws RuntimeException if a rung's settings are not accepted
   */
  public static Ladder probe(List<Rung> rungs) {
    return new Ladder(List.of()).with(rungs);
  }

  /**
   * Another choice of rungs. Those that are here already keep what they announced.
   *
   * @throws IllegalArgumentException if one has the name of a rung here, and other settings:
   *     players have its configuration already
   * @throws RuntimeException if a new rung's settings are not accepted
   */
  public Ladder with(List<Rung> wanted) {
    List<Entry> entries = new ArrayList<>();
    for (Rung rung : wanted) {
      entries.add(known(rung));
    }
    return new Ladder(entries);
  }

  /** The rungs of both. */
  public Ladder and(Ladder other) {
    List<Entry> entries = new ArrayList<>(rungs);
    other.rungs.stream().filter(entry -> !rungs.contains(entry)).forEach(entries::add);
    return new Ladder(entries);
  }

  private Entry known(Rung rung) {
    for (Entry entry : rungs) {
      if (entry.rung().equals(rung)) {
        return entry;
      }
      if (entry.rung().name().equals(rung.name())) {
        throw new IllegalArgumentException(
            "rung " + rung.name() + " does not change; start another worker");
      }
    }
    try (VideoEncoder encoder = new VideoEncoder(rung)) {
      return new Entry(rung, encoder.parameterSets().toAvcC());
    }
  }

  /** The smallest rung. */
  Rung smallest() {
    return rungs.get(rungs.size() - 1).rung();
  }

  /** The rungs of each frame rate, largest first. */
  Map<FrameRate, List<Entry>> byFrameRate() {
    Map<FrameRate, List<Entry>> groups = new LinkedHashMap<>();
    for (Entry entry : rungs) {
      groups.computeIfAbsent(entry.rung().frameRate(), rate -> new ArrayList<>()).add(entry);
    }
    return groups;
  }
}
