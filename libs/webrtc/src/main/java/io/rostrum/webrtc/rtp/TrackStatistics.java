package io.rostrum.webrtc.rtp;

/**
 * How a track came in so far.
 *
 * @param packetsExpected what was sent, as far as it can be told
 * @param packetsLost never came in time
 * @param packetsRepaired came because they were asked for
 * @param duplicates came more than once, or after they had been given up
 * @param framesDropped could not be used, most of them for want of another
 * @param jitterMs variation of the time on the way
 * @param roundTripMs from asking for a packet to getting it; 0 while none was lost
 */
public record TrackStatistics(
    long packetsExpected,
    long packetsLost,
    long packetsRepaired,
    long duplicates,
    long framesDropped,
    double jitterMs,
    double roundTripMs) {

  /** Nothing yet. */
  public static final TrackStatistics NONE = new TrackStatistics(0, 0, 0, 0, 0, 0, 0);

  /** Of two tracks together. */
  public TrackStatistics plus(TrackStatistics other) {
    return new TrackStatistics(
        packetsExpected + other.packetsExpected,
        packetsLost + other.packetsLost,
        packetsRepaired + other.packetsRepaired,
        duplicates + other.duplicates,
        framesDropped + other.framesDropped,
        Math.max(jitterMs, other.jitterMs),
        Math.max(roundTripMs, other.roundTripMs));
  }
}
