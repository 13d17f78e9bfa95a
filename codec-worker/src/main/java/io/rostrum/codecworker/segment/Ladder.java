package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.VideoEncoder;
import io.rostrum.contracts.codec.FrameRate;
import io.rostrum.contracts.codec.Rung;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rungs with what their encoders announce, largest first, so that each can be scaled from one
 * before it.
 *
 * @param rungs at least one
 */
public record Ladder(List<Entry> rungs) {
  /**
   * @param rung its settings
   * @param avcC what a fresh encoder announced when the ladder was set
   */
  public record Entry(Rung rung, byte[] avcC) {}

  public Ladder {
    rungs = List.copyOf(rungs);
    FrameRate rate = rungs.get(0).rung().frameRate();
    for (Entry entry : rungs) {
      if (!entry.rung().frameRate().equals(rate)) {
        throw new SegmentException(
            "the rungs of a ladder share one frame rate, not "
                + rate
                + " and "
                + entry.rung().frameRate());
      }
    }
  }

  /**
   * Opens an encoder per rung to learn its configuration.
   *
   * @throws RuntimeException if a rung's settings are not accepted
   */
  public static Ladder probe(List<Rung> rungs) {
    List<Entry> entries = new ArrayList<>();
    for (Rung rung : rungs) {
      try (VideoEncoder encoder = new VideoEncoder(rung)) {
        entries.add(new Entry(rung, encoder.parameterSets().toAvcC()));
      }
    }
    entries.sort(
        Comparator.comparingLong(
                (Entry entry) -> (long) entry.rung().width() * entry.rung().height())
            .reversed()
            .thenComparing(entry -> entry.rung().name()));
    return new Ladder(entries);
  }

  /** The frame rate of every rung. */
  public FrameRate frameRate() {
    return rungs.get(0).rung().frameRate();
  }
}
