package io.rostrum.hls;

import java.time.Duration;

/**
 * EXT-X-SERVER-CONTROL (§4.4.3.8): the same in every media playlist of a presentation (§6.2.4), and
 * never changed.
 *
 * @param canBlockReload whether requests for what is not there yet are held
 * @param canSkipUntil the skip boundary of delta updates; null where there are none
 * @param holdBack how far from the end a player stays without low latency
 * @param partHoldBack the same with low latency; null without parts
 */
public record ServerControl(
    boolean canBlockReload, Duration canSkipUntil, Duration holdBack, Duration partHoldBack) {
  /**
   * The control of a low-latency presentation at the values that the specification and AS 14.3 ask
   * for: skip boundary of six target durations, hold-back of three, part hold-back of three part
   * targets.
   */
  public static ServerControl lowLatency(int targetDurationSeconds, Duration partTarget) {
    return new ServerControl(
        true,
        Duration.ofSeconds(6L * targetDurationSeconds),
        Duration.ofSeconds(3L * targetDurationSeconds),
        partTarget.multipliedBy(3));
  }
}
