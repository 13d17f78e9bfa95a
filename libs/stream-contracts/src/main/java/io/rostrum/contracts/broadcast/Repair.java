package io.rostrum.contracts.broadcast;

import io.rostrum.contracts.ContractException;
import java.time.Instant;
import java.util.List;

/**
 * A wish to go over the recording of an ended broadcast: to encode what is missing, or to encode it
 * to another ladder. Answered by a {@code revised} fact that names it.
 *
 * @param id tells it from earlier ones of the same broadcast
 * @param requestedAt when
 * @param rungs the encoded renditions that the recording shall have, best first, by the names of
 *     the ladder; null to keep those it has
 */
public record Repair(String id, Instant requestedAt, List<String> rungs) {
  /** Every rung there is, best first. */
  public static final List<String> RUNGS = List.of("1080p", "720p", "480p", "240p");

  public Repair {
    if (id == null || id.isEmpty() || requestedAt == null) {
      throw new ContractException("a repair has an id and a time");
    }
    rungs = rungs == null ? null : List.copyOf(rungs);
  }
}
