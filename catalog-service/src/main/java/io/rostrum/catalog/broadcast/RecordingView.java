package io.rostrum.catalog.broadcast;

import io.rostrum.contracts.broadcast.Repair;
import java.time.Instant;
import java.util.List;

/**
 * What became of a broadcast's recording after its end.
 *
 * @param revision its newest revision; 0 is what was broadcast
 * @param revisedAt when that was published; absent for revision 0
 * @param gaps segments that lack an encoded quality though somebody published, as counted when it
 *     was last gone over; absent where it never was
 * @param repair the newest wish for repair; absent where nobody had one
 */
public record RecordingView(int revision, Instant revisedAt, Long gaps, RepairView repair) {
  /** Where a wish for repair is. */
  public enum RepairState {
    /** The transcoder is at it, or waits until nothing live needs the processor. */
    PENDING,
    DONE,
    /** Not all of it could be done: see the problem. */
    INCOMPLETE
  }

  /**
   * @param rungs the encoded qualities that were asked for; absent to keep those there are
   * @param problem why not all of it could be done; absent where it was
   */
  public record RepairView(
      RepairState state, Instant requestedAt, List<String> rungs, String problem) {}

  /** Of a broadcast that has ended. */
  public static RecordingView of(Broadcast broadcast, Progress progress) {
    Repair repair = broadcast.repair;
    return new RecordingView(
        progress.revision,
        progress.revisedAt,
        progress.revisionGaps,
        repair == null ? null : view(repair, progress));
  }

  private static RepairView view(Repair repair, Progress progress) {
    if (!progress.answered(repair)) {
      return new RepairView(RepairState.PENDING, repair.requestedAt(), repair.rungs(), null);
    }
    RepairState state = progress.repairProblem == null ? RepairState.DONE : RepairState.INCOMPLETE;
    return new RepairView(state, repair.requestedAt(), repair.rungs(), progress.repairProblem);
  }
}
