package io.rostrum.catalog.broadcast;

import io.rostrum.catalog.problem.ProblemException;
import io.rostrum.contracts.broadcast.Repair;
import java.util.List;

/**
 * The body of {@code POST …/repair}, which may be absent.
 *
 * @param rungs the encoded qualities that the recording shall have; absent to keep those it has and
 *     encode what is missing of them
 */
public record RepairRequest(List<String> rungs) {
  /** What to keep, and fill. */
  static final RepairRequest AS_IT_IS = new RepairRequest(null);

  /**
   * @throws ProblemException with what to change, if a rung is not one
   */
  void check() {
    if (rungs != null && rungs.isEmpty()) {
      throw ProblemException.ofField(
          "rungs", "is empty; leave it out to keep the qualities there are");
    }
    if (rungs != null && !Repair.RUNGS.containsAll(rungs)) {
      throw ProblemException.ofField("rungs", "may hold " + String.join(", ", Repair.RUNGS));
    }
  }
}
