package io.rostrum.ingest.media;

/**
 * Decides where segments and parts start on the leading track; called once for each access unit, in
 * order.
 */
interface Cutter {

  /**
   * @param startTicks decode time
   * @param endTicks decode time of the next access unit, above {@code startTicks}
   * @param sync whether decoding can start here
   */
  Cut next(long startTicks, long endTicks, boolean sync);

  /** Whether a part ends with that access unit, if the next one is as long. */
  boolean endsPart();
}
