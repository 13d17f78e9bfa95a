package io.rostrum.transcode.checkpoint;

/**
 * How a publication is mapped onto its broadcast. Fixed when it starts, but for the audio base,
 * which is known from its first audio frame on.
 *
 * @param id the publication
 * @param protocol how it came in
 * @param init its init segment
 * @param mediaBaseTicks media time of its time 0, 90 kHz
 * @param pdtBaseMs wall-clock time of its time 0, milliseconds since the epoch, moved forward where
 *     it would overlap
 * @param audioBaseTicks media time of its audio time 0 on the broadcast's audio grid, in the audio
 *     timescale; null until its first audio frame
 */
public record PublicationState(
    String id,
    String protocol,
    byte[] init,
    long mediaBaseTicks,
    long pdtBaseMs,
    Long audioBaseTicks) {

  /** The same with its audio base. */
  public PublicationState withAudioBase(long audioBaseTicks) {
    return new PublicationState(id, protocol, init, mediaBaseTicks, pdtBaseMs, audioBaseTicks);
  }

  /**
   * The same, so that its time {@code ticks} falls on media time {@code mediaTicks} and wall-clock
   * {@code pdtMs}.
   */
  public PublicationState rebased(long ticks, long mediaTicks, long pdtMs) {
    return new PublicationState(id, protocol, init, mediaTicks - ticks, pdtMs - ticks / 90, null);
  }
}
