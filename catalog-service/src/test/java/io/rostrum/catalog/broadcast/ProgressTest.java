package io.rostrum.catalog.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.catalog.stack.Facts;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  private final Broadcast broadcast = new Broadcast("T", "producer", NOW);
  private final Progress progress = Progress.none(broadcast.id());

  @Test
  void state_ofThePlan_followsFromSettings() {
    assertThat(state()).isEqualTo(BroadcastState.DRAFT);
    broadcast.startsAt = NOW;
    assertThat(state()).isEqualTo(BroadcastState.SCHEDULED);
    broadcast.cancelled = true;
    assertThat(state()).isEqualTo(BroadcastState.CANCELLED);
  }

  @Test
  void state_ofTheTimeline_winsOverTheCancellation() {
    broadcast.cancelled = true;
    apply(0, Facts.open(0));
    assertThat(state()).isEqualTo(BroadcastState.LIVE);
    apply(1, Facts.end(0));
    assertThat(state()).isEqualTo(BroadcastState.ENDED);
  }

  @Test
  void end_withoutTime_takesTheRecordsTime() {
    apply(0, new Fact.End(Fact.End.Reason.PUBLISHER_AWAY, 0, 0, null));
    assertThat(progress.endedAt()).isEqualTo(NOW);
  }

  @Test
  void end_afterLostFacts_bringsTheRightSums() {
    apply(0, Facts.open(0));
    long missing = apply(10, Facts.end(5));
    assertThat(missing).isEqualTo(9);
    assertThat(progress.missingFacts()).isEqualTo(9);
    assertThat(progress.segments()).isEqualTo(5);
    assertThat(progress.durationSeconds()).isEqualTo(20.0);
  }

  @Test
  void segmentsWithoutMedia_areCountedByWhoIsToBlame() {
    apply(0, Facts.connected());
    apply(1, Facts.close(0));
    apply(2, Facts.gap(1, Fact.GAP_PUBLISHER_AWAY));
    apply(3, Facts.connected());
    apply(4, Facts.gap(2, "too slow"));

    assertThat(progress.publications()).isEqualTo(2);
    assertThat(progress.segments()).isEqualTo(3);
    assertThat(progress.awaySegments()).isEqualTo(1);
    assertThat(progress.gapSegments()).isEqualTo(1);
  }

  @Test
  void knows_whatCameBefore_only() {
    apply(0, Facts.open(0));
    assertThat(progress.knows(record(0, Facts.open(0)))).isTrue();
    assertThat(progress.knows(record(1, Facts.close(0)))).isFalse();
  }

  private BroadcastState state() {
    return broadcast.state(progress);
  }

  private long apply(long seq, Fact fact) {
    return progress.apply(record(seq, fact));
  }

  private TimelineRecord record(long seq, Fact fact) {
    return new TimelineRecord(broadcast.id(), seq, 1, NOW, fact);
  }
}
