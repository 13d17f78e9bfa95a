package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.assertOrder;
import static io.rostrum.transcode.owner.Timelines.comparable;
import static io.rostrum.transcode.owner.Timelines.facts;
import static io.rostrum.transcode.owner.Timelines.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.broadcast.Repair;
import io.rostrum.contracts.json.ContractJson;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is left out live is encoded after the end, with a real Kafka, a real S3 server and real
 * codec children.
 */
class RevisionIT {
  private static final Map<String, String> OVERLOAD = Map.of("rostrum.transcode.defer-after", "1s");

  private static TestStack stack;
  private static List<SourceRecord> records;
  private static CalmRun calm;

  @BeforeAll
  static void start() throws Exception {
    stack = new TestStack();
    records = new ArrayList<>(ClipPublication.records("pub1aaaa", false));
    records.addAll(ClipPublication.records("pub2aaaa", true));
    calm = CalmRun.of(stack, "calm1111", records, stack::node);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void whatWasLeftOut_isEncodedAfterTheEnd_whateverDiesMeanwhile_toTheBytesOfACalmRun()
      throws Exception {
    String id = "deferred1";
    stack.intend(id, null);
    int last = records.size() - 1;
    stack.publish(id, records.subList(0, 100));
    try (TranscodeProcess first = new TranscodeProcess(stack, "first", OVERLOAD)) {
      stack.awaitTimeline(id, timeline -> !facts(timeline, Fact.Close.class).isEmpty());
      first.freezeChildren();
      stack.publish(id, records.subList(100, last));
      stack.awaitTimeline(id, timeline -> gaps(timeline, "240p").size() >= 4);
      first.thawChildren();
      stack.publish(id, records.subList(last, records.size()));
      first.awaitLine(0, "Going over a recording");
      long before = pictures(id);
      Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> pictures(id) > before);
    }
    List<TimelineRecord> broadcast = stack.timeline(id);
    assertThat(gaps(broadcast, "240p")).isNotEmpty().allMatch(gap -> gap.startsWith("DEFERRED"));
    assertThat(gaps(broadcast, "source")).isEmpty();
    assertThat(gaps(broadcast, "audio")).isEmpty();

    Fact.Revised revised;
    try (TranscodeProcess second = new TranscodeProcess(stack, "second")) {
      revised = awaitRevised(id, 1);
      stack.awaitObject(ObjectKeys.revision(id, 1));
    }

    assertThat(revised.revision()).isEqualTo(1);
    assertThat(revised.gaps()).isZero();
    assertThat(revised.repair()).isNull();
    assertOrder(stack.timeline(id));
    assertThat(sha256(stack.object(revised.key()))).isEqualTo(revised.sha256());
    assertThat(stack.object(ObjectKeys.revision(id, 1))).isEqualTo(ContractJson.write(revised));
    List<TimelineRecord> recording = stack.archived(revised.key());
    assertOrder(recording);
    assertThat(comparable(recording, id)).isEqualTo(calm.timeline());
    assertThat(media(stack.hashes(id))).isEqualTo(media(calm.hashes())).hasSizeGreaterThan(20);
    assertKeys(recording);
    // What was broadcast stays what it was.
    assertThat(gaps(stack.archived(ObjectKeys.finishedTimeline(id, 0)), "240p")).isNotEmpty();
  }

  @Test
  void whatNobodyPassedThrough_isEncodedFromItsKeptPictures_andToAnotherLadder() throws Exception {
    String id = "whip11111";
    stack.intend(id, null);
    stack.publish(id, ClipPublication.records("pub1aaaa", true, SourceRecord.Protocol.WHIP));
    try (TranscodeNode node = stack.node(Map.of("rostrum.transcode.defer-after", "1ms"))) {
      Fact.Revised whole = awaitRevised(id, 1);
      assertThat(gaps(stack.timeline(id), "720p")).isNotEmpty();
      List<TimelineRecord> recording = stack.archived(whole.key());
      assertThat(gaps(recording, "720p")).isEmpty();
      assertKeys(recording);

      stack.repair(id, new Repair("r1", Instant.now(), List.of("480p", "240p")));
      Fact.Revised other = awaitRevised(id, 2);

      assertThat(other.revision()).isEqualTo(2);
      assertThat(other.repair()).isEqualTo("r1");
      assertThat(other.gaps()).isZero();
      assertThat(other.problem()).isNull();
      List<TimelineRecord> again = stack.archived(other.key());
      assertOrder(again);
      assertThat(facts(again, Fact.Open.class).get(0).ladder())
          .extracting(r -> r.name())
          .containsExactly("480p", "240p", "audio");
      assertThat(facts(again, Fact.Open.class).get(0).ladder().get(0).codecs())
          .startsWithIgnoringCase("avc1.4d");
      assertThat(gaps(again, "480p")).isEmpty();
      assertThat(gaps(again, "240p")).isEmpty();
      assertKeys(again);

      stack.repair(id, new Repair("r2", Instant.now(), null));
      Fact.Revised nothing = awaitRevised(id, 3);
      assertThat(nothing.revision()).isEqualTo(2);
      assertThat(nothing.repair()).isEqualTo("r2");
      assertThat(nothing.key()).isEqualTo(other.key());
    }
  }

  /** Everything but the storyboard, which lacks the pictures of what was left out live. */
  private static Map<String, String> media(Map<String, String> hashes) {
    Map<String, String> media = new TreeMap<>(hashes);
    media.keySet().removeIf(key -> key.startsWith("storyboard/"));
    return media;
  }

  private static long pictures(String id) throws Exception {
    return stack.names(id).stream().filter(name -> name.startsWith("240p/0")).count();
  }

  private static Fact.Revised awaitRevised(String id, int count) {
    return facts(
            stack.awaitTimeline(id, facts -> facts(facts, Fact.Revised.class).size() >= count),
            Fact.Revised.class)
        .get(count - 1);
  }

  private static List<String> gaps(List<TimelineRecord> timeline, String rendition) {
    return facts(timeline, Fact.Close.class).stream()
        .map(close -> close.renditions().get(rendition).gap())
        .filter(gap -> gap != null)
        .toList();
  }

  /** Every segment's object is there, and is what its close says. */
  private static void assertKeys(List<TimelineRecord> recording) {
    for (Fact.Close close : facts(recording, Fact.Close.class)) {
      Map<String, String> keys = facts(recording, Fact.Stored.class).get((int) close.msn()).keys();
      close
          .renditions()
          .forEach(
              (name, r) -> assertThat(sha256(stack.object(keys.get(name)))).isEqualTo(r.sha256()));
    }
  }
}
