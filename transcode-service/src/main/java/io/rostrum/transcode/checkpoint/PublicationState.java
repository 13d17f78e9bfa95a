package io.rostrum.transcode.checkpoint;

import io.rostrum.contracts.PartTarget;

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
 * @param partTargetMs how long its parts may be
 * @param audioBaseTicks media time of its audio time 0 on the broadcast's audio grid, in the audio
 *     timescale; null until its first audio frame
 * @param returnedAtOffset the record with which it went on after it was taken as over; what is
 *     before it is pre-roll. -1 where it was not interrupted
 */
public record PublicationState(
    String id,
    String protocol,
    byte[] init,
    long mediaBaseTicks,
    long pdtBaseMs,
    int partTargetMs,
    Long audioBaseTicks,
    long returnedAtOffset) {
  public PublicationState {
    partTargetMs = partTargetMs == 0 ? PartTarget.DEFAULT_MS : partTargetMs;
  }

  /** The same with its audio base. */
  public PublicationState withAudioBase(long audioBaseTicks) {
    return new PublicationState(
        id,
        protocol,
        init,
        mediaBaseTicks,
        pdtBaseMs,
        partTargetMs,
        audioBaseTicks,
        returnedAtOffset);
  }

  /**
   * The same going on {@code shiftTicks} later than it would have without the interruption. Its
   * wall-clock times stay, and its audio finds the grid anew.
   */
  public PublicationState returned(long shiftTicks, long atOffset) {
    return new PublicationState(
        id, protocol, init, mediaBaseTicks + shiftTicks, pdtBaseMs, partTargetMs, null, atOffset);
  }
}
