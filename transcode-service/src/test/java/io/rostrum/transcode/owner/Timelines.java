package io.rostrum.transcode.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.json.ContractJson;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** What tests ask of a timeline. */
final class Timelines {
  private Timelines() {}

  static boolean endedAndStored(List<TimelineRecord> timeline) {
    return !facts(timeline, Fact.End.class).isEmpty()
        && facts(timeline, Fact.Stored.class).size() == facts(timeline, Fact.Close.class).size();
  }

  /** Numbers without holes, and each segment opened, closed and stored once, in that order. */
  static void assertOrder(List<TimelineRecord> timeline) {
    for (int i = 0; i < timeline.size(); i++) {
      assertThat(timeline.get(i).seq()).isEqualTo(i);
    }
    long open = -1;
    long closed = -1;
    long stored = -1;
    for (TimelineRecord record : timeline) {
      Fact fact = record.fact();
      if (fact instanceof Fact.Open now) {
        assertThat(now.msn()).isEqualTo(++open).isEqualTo(closed + 1);
      } else if (fact instanceof Fact.Close now) {
        assertThat(now.msn()).isEqualTo(++closed).isEqualTo(open);
      } else if (fact instanceof Fact.Stored now) {
        assertThat(now.msn()).isEqualTo(++stored).isLessThanOrEqualTo(closed);
      }
    }
  }

  /**
   * Facts but for what legitimately differs between two runs: times of day, offsets, epochs, order
   * of {@code stored}.
   */
  static List<String> comparable(List<TimelineRecord> timeline, String id) {
    return timeline.stream()
        .map(TimelineRecord::fact)
        .filter(fact -> !(fact instanceof Fact.Stored))
        .map(fact -> json(fact, id))
        .toList();
  }

  /** What {@code stored} facts say of thumbnails, likewise. */
  static List<String> storyboard(List<TimelineRecord> timeline, String id) {
    return facts(timeline, Fact.Stored.class).stream()
        .filter(stored -> stored.thumbnails() != null)
        .map(stored -> json(stored.thumbnails(), id))
        .toList();
  }

  private static String json(Object value, String id) {
    return new String(ContractJson.write(value), StandardCharsets.UTF_8)
        .replaceAll("\"at\":\"[^\"]*\"", "")
        .replaceAll("\"mediaOffset\":\\d+", "")
        .replace(id, "ID");
  }

  static <F extends Fact> List<F> facts(List<TimelineRecord> timeline, Class<F> type) {
    return timeline.stream()
        .map(TimelineRecord::fact)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  static String json(List<TimelineRecord> timeline) {
    StringBuilder lines = new StringBuilder();
    timeline.forEach(
        record -> lines.append(new String(record.toBytes(), StandardCharsets.UTF_8)).append('\n'));
    return lines.toString();
  }

  /** The same facts with members in the order that {@link #json(List)} writes them in. */
  static String sorted(String ndjson) {
    return json(
        ndjson
            .lines()
            .map(line -> TimelineRecord.parse(line.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
