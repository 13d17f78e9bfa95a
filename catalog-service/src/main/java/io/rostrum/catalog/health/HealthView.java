package io.rostrum.catalog.health;

import io.rostrum.catalog.broadcast.BroadcastState;
import io.rostrum.catalog.broadcast.PublisherState;
import io.rostrum.catalog.broadcast.RecordingView;
import io.rostrum.contracts.health.HealthReport;
import java.util.List;

/**
 * How a broadcast is doing.
 *
 * @param publication what ingest measures of the publisher; absent while nobody is connected, or
 *     ingest does not report
 * @param transcode what the transcoder measures; absent while it has nothing to do
 * @param timeline what became of it so far
 * @param recording what became of the recording after the end; absent before
 * @param warnings what to look at, most urgent first; empty where all is well
 */
public record HealthView(
    String id,
    BroadcastState state,
    PublisherState publisher,
    HealthReport.Publisher publication,
    HealthReport.Transcode transcode,
    TimelineHealth timeline,
    RecordingView recording,
    List<HealthReport.Warning> warnings) {

  /**
   * Counted from the facts.
   *
   * @param publications connections and changes of format that made a publication
   * @param reconnects publications but the first
   * @param segments closed segments
   * @param gapSegments those that lack a rendition while somebody was publishing
   * @param awaySegments those that nobody published
   */
  public record TimelineHealth(
      long publications,
      long reconnects,
      long segments,
      long gapSegments,
      long awaySegments,
      double durationSeconds) {}
}
