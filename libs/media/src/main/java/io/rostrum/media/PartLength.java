package io.rostrum.media;

/** How many frames a full part has (DESIGN.md, "Parts"): all that fit into PART-TARGET. */
public final class PartLength {
  private PartLength() {}

  /**
   * floor(PART-TARGET / frame duration), and at least one, for frames that {@code perSecond / each}
   * of make a second: a frame rate in two numbers, or samples and samples per frame.
   */
  public static int frames(int perSecond, long each, int partTargetMs) {
    return (int) Math.max(1, (long) perSecond * partTargetMs / (1000 * each));
  }
}
