package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.facts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Thumbnails, sheets and the poster with a real Kafka, a real S3 server and real codec children.
 */
class StoryboardIT {
  private static final Map<String, String> EVERY_SECOND =
      Map.of(
          "rostrum.transcode.storyboard.interval", "1s",
          "rostrum.transcode.storyboard.per-sheet", "7",
          "rostrum.transcode.away-gap", "2s");

  /** Behind the second segment, 8 s. */
  private static final int LIVE = 190;

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
  void storyboard_growsWhileLive_andHasOnePictureForEachSecondThatSomebodyPublished()
      throws Exception {
    String id = "pictures1";
    stack.intend(id, null, Duration.ofMinutes(30));
    List<SourceRecord> records = ClipPublication.records("pub1aaaa", false);
    List<TimelineRecord> timeline;
    try (TranscodeNode node = stack.node(EVERY_SECOND)) {
      stack.publish(id, records.subList(0, LIVE));
      List<TimelineRecord> live = stack.awaitTimeline(id, t -> thumbnails(t).size() >= 2);
      assertThat(facts(live, Fact.End.class)).isEmpty();
      assertPictures(thumbnails(live));
      stack.publish(id, records.subList(LIVE, records.size()));
      // Nobody publishes for a while.
      stack.awaitTimeline(
          id, t -> facts(t, Fact.Open.class).stream().anyMatch(open -> open.publication() == null));
      stack.publish(id, ClipPublication.records("pub2aaaa", true));
      timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
    }
    List<Fact.Thumbnails> thumbnails = thumbnails(timeline);
    assertPictures(thumbnails);
    assertEachSecondOnce(timeline);
    assertThat(thumbnails)
        .extracting(Fact.Thumbnails::poster)
        .filteredOn(Objects::nonNull)
        .hasSize(1);
    BufferedImage poster = image(thumbnails.get(0).poster());
    assertThat(poster.getWidth()).isEqualTo(426);
    assertSheets(timeline);
  }

  @Test
  void soundAlone_hasNoStoryboard() throws Exception {
    String id = "soundonly";
    stack.intend(id, null);
    stack.publish(id, ClipPublication.soundAlone("pub1aaaa"));
    try (TranscodeNode node = stack.node(EVERY_SECOND)) {
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertThat(facts(timeline, Fact.Stored.class)).isNotEmpty();
      assertThat(thumbnails(timeline)).isEmpty();
    }
  }

  private static void assertPictures(List<Fact.Thumbnails> thumbnails) throws IOException {
    for (Fact.Thumbnails each : thumbnails) {
      assertThat(each.width()).isEqualTo(160);
      assertThat(each.height()).isEqualTo(90);
      assertThat(each.pitch()).isEqualTo(96);
      BufferedImage strip = image(each.key());
      assertThat(strip.getWidth()).isEqualTo(160);
      assertThat(strip.getHeight()).isEqualTo(96 * each.ticks().size());
    }
  }

  /**
   * The first picture at or behind each second of the segments that have media, the first one of
   * each publication, and no other.
   */
  private static void assertEachSecondOnce(List<TimelineRecord> timeline) {
    List<Long> expected = new ArrayList<>();
    List<Fact.Close> closes = facts(timeline, Fact.Close.class);
    for (Fact.Open open : facts(timeline, Fact.Open.class)) {
      if (open.publication() == null) {
        continue;
      }
      if (open.msn() == 0 || open.discontinuity()) {
        expected.add(open.startTicks());
      }
      long end = open.startTicks() + closes.get((int) open.msn()).durationTicks();
      long second = Math.floorDiv(open.startTicks() + 89_999, 90_000) * 90_000;
      for (; second < end; second += 90_000) {
        expected.add(second);
      }
    }
    List<Long> ticks = thumbnails(timeline).stream().flatMap(t -> t.ticks().stream()).toList();
    assertThat(ticks).hasSameSizeAs(expected).isSorted();
    for (int i = 0; i < ticks.size(); i++) {
      assertThat(ticks.get(i)).isBetween(expected.get(i), expected.get(i) + 3002);
    }
  }

  private static void assertSheets(List<TimelineRecord> timeline) throws IOException {
    List<Fact.Stored> run = new ArrayList<>();
    int sheets = 0;
    for (Fact.Stored stored : facts(timeline, Fact.Stored.class)) {
      if (stored.thumbnails() == null) {
        continue;
      }
      run.add(stored);
      Fact.ThumbnailSheet sheet = stored.thumbnails().sheet();
      int count = run.stream().mapToInt(each -> each.thumbnails().ticks().size()).sum();
      assertThat(sheet != null).isEqualTo(count >= 7);
      if (sheet == null) {
        continue;
      }
      sheets++;
      assertThat(sheet.firstMsn()).isEqualTo(run.get(0).msn());
      BufferedImage whole = image(sheet.key());
      assertThat(whole.getHeight()).isEqualTo(96 * count);
      int top = 0;
      for (Fact.Stored each : run) {
        BufferedImage strip = image(each.thumbnails().key());
        for (int i = 0; i < each.thumbnails().ticks().size(); i++, top += 96) {
          // The middle of each: a decoder may smooth colours across borders.
          int[] expected = strip.getRGB(0, 96 * i + 2, 160, 86, null, 0, 160);
          assertThat(whole.getRGB(0, top + 2, 160, 86, null, 0, 160)).isEqualTo(expected);
        }
      }
      run.clear();
    }
    assertThat(sheets).isGreaterThanOrEqualTo(3);
  }

  private static List<Fact.Thumbnails> thumbnails(List<TimelineRecord> timeline) {
    return facts(timeline, Fact.Stored.class).stream()
        .map(Fact.Stored::thumbnails)
        .filter(Objects::nonNull)
        .toList();
  }

  private static BufferedImage image(String key) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(stack.object(key)));
  }
}
