package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.assertOrder;
import static io.rostrum.transcode.owner.Timelines.endedAndStored;
import static io.rostrum.transcode.owner.Timelines.facts;
import static io.rostrum.transcode.owner.Timelines.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of a broadcast while nobody publishes to it, and when somebody does again. */
class AwayIT {
  private static final Map<String, String> HASTY =
      Map.of(
          "rostrum.transcode.away-gap", "200ms",
          "rostrum.transcode.publisher-silence", "2s");

  private static TestStack stack;

  @BeforeAll
  static void start() {
    stack = new TestStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void publisherAway_thePlaylistStaysAlive_overTwoOwners_andTheReturnGoesOnBehindIt()
      throws Exception {
    String id = "away1111";
    stack.intend(id, null);
    stack.publish(id, ClipPublication.records("pub1aaaa", false));
    try (TranscodeNode node = stack.node(HASTY)) {
      // Long enough for a health report of it too.
      stack.awaitTimeline(id, timeline -> away(timeline) >= 3 && saidToBeAway(id));
    }
    long before = away(stack.timeline(id));
    try (TranscodeNode node = stack.node(HASTY)) {
      stack.awaitTimeline(id, timeline -> away(timeline) >= before + 3);
      stack.publish(id, ClipPublication.records("pub2aaaa", true));
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertOneTimeline(timeline);
      assertObjects(timeline);
      List<HealthReport> reports = stack.health(id);
      assertThat(reports).allMatch(r -> r.node().equals("transcode-1"));
      assertThat(reports)
          .anySatisfy(
              report -> {
                HealthReport.Transcode health = (HealthReport.Transcode) report;
                assertThat(health.renditions())
                    .extracting(HealthReport.RenditionHealth::rendition)
                    .containsExactly("source", "240p", "audio");
                assertThat(health.renditions())
                    .allMatch(r -> r.bitsPerSecond() > 10_000 && r.gaps() == 0 && !r.deferred());
                assertThat(health.warnings())
                    .extracting(HealthReport.Warning::code)
                    .contains("PUBLISHER_AWAY");
              });
      assertThat(facts(timeline, Fact.Close.class).stream().filter(c -> !isAway(c))).hasSize(8);
      assertThat(facts(timeline, Fact.Open.class).stream().filter(Fact.Open::discontinuity))
          .hasSize(1)
          .allMatch(open -> open.publication().equals("pub2aaaa"));
      Fact.End end = facts(timeline, Fact.End.class).get(0);
      assertThat(end.segments()).isEqualTo(facts(timeline, Fact.Close.class).size());
    }
  }

  private static boolean saidToBeAway(String id) {
    return stack.health(id).stream()
        .anyMatch(
            report -> report.warnings().stream().anyMatch(w -> w.code().equals("PUBLISHER_AWAY")));
  }

  @Test
  void publisherNeverBack_theBroadcastEndsBehindItsLastPictures() throws Exception {
    String id = "away2222";
    // Counted from when the publisher left: longer than a node takes to start on a slow machine.
    stack.intend(id, null, Duration.ofSeconds(15));
    stack.publish(id, ClipPublication.records("pub1aaaa", false));
    try (TranscodeNode node = stack.node(HASTY)) {
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertOneTimeline(timeline);
      assertThat(away(timeline)).isPositive();
      Fact.End end = facts(timeline, Fact.End.class).get(0);
      assertThat(end.reason()).isEqualTo(Fact.End.Reason.PUBLISHER_AWAY);
      assertThat(end.segments()).isEqualTo(4);
      assertThat(end.durationTicks()).isEqualTo(14 * 90_000L);
    }
  }

  @Test
  void ingestFrozen_takenAsGone_andGoingOn_losesNothing() throws Exception {
    String id = "frozen111";
    stack.intend(id, null);
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", true);
    try (TranscodeNode node = stack.node(HASTY)) {
      stack.publish(id, records.subList(0, 150));
      stack.awaitTimeline(id, timeline -> away(timeline) >= 2);
    }
    try (TranscodeNode node = stack.node(HASTY)) {
      stack.publish(id, records.subList(150, records.size()));
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertOneTimeline(timeline);
      assertObjects(timeline);
      assertThat(facts(timeline, Fact.Publisher.class))
          .extracting(Fact.Publisher::connected)
          .containsExactly(true, false, true, false);
      long mediaTicks =
          facts(timeline, Fact.Close.class).stream()
              .filter(close -> !isAway(close))
              .peek(close -> assertThat(close.renditions().get("240p").gap()).isNull())
              .mapToLong(Fact.Close::durationTicks)
              .sum();
      // All of the clip, and the sound that was ahead of its pictures when it froze.
      assertThat(mediaTicks).isBetween(14 * 90_000L, 14 * 90_000L + 90_000);
    }
  }

  private static long away(List<TimelineRecord> timeline) {
    return facts(timeline, Fact.Close.class).stream().filter(AwayIT::isAway).count();
  }

  private static boolean isAway(Fact.Close close) {
    return close.renditions().values().stream().allMatch(r -> "PUBLISHER_AWAY".equals(r.gap()));
  }

  private static void assertOneTimeline(List<TimelineRecord> timeline) {
    assertThat(endedAndStored(timeline)).isTrue();
    assertOrder(timeline);
    List<Fact.Open> opens = facts(timeline, Fact.Open.class);
    List<Fact.Close> closes = facts(timeline, Fact.Close.class);
    for (int i = 1; i < opens.size(); i++) {
      long endTicks = opens.get(i - 1).startTicks() + closes.get(i - 1).durationTicks();
      // A publication's first picture may come after its first sound.
      long latestTicks = endTicks + (opens.get(i).discontinuity() ? 45_000 : 0);
      assertThat(opens.get(i).startTicks()).isBetween(endTicks, latestTicks);
      assertThat(opens.get(i).pdt())
          .isAfterOrEqualTo(
              opens.get(i - 1).pdt().plusMillis(closes.get(i - 1).durationTicks() / 90));
      assertThat(opens.get(i).publication() == null).isEqualTo(isAway(closes.get(i)));
    }
  }

  private static void assertObjects(List<TimelineRecord> timeline) {
    for (Fact.Close close : facts(timeline, Fact.Close.class)) {
      Map<String, String> keys = facts(timeline, Fact.Stored.class).get((int) close.msn()).keys();
      close
          .renditions()
          .forEach(
              (name, rendition) -> {
                if (rendition.gap() == null) {
                  assertThat(sha256(stack.object(keys.get(name)))).isEqualTo(rendition.sha256());
                }
              });
    }
  }
}
