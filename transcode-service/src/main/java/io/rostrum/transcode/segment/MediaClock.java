package io.rostrum.transcode.segment;

import io.rostrum.contracts.timeline.Fact;

/**
 * Conversions between the broadcast's media clock (90 kHz) and a track's timescale, rounding to the
 * nearest tick.
 */
final class MediaClock {
  private MediaClock() {}

  static long toTrack(long clockTicks, int timescale) {
    return rescale(clockTicks, timescale, Fact.CLOCK_HZ);
  }

  static long fromTrack(long trackTicks, int timescale) {
    return rescale(trackTicks, Fact.CLOCK_HZ, timescale);
  }

  private static long rescale(long ticks, long to, long from) {
    // Whole seconds first: ticks * to would overflow after three years, but a hostile clock may say
    // so at once.
    long seconds = Math.floorDiv(ticks, from);
    long rest = Math.floorMod(ticks, from);
    return seconds * to + (rest * to + from / 2) / from;
  }
}
