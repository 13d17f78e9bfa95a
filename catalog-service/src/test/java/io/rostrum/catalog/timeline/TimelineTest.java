package io.rostrum.catalog.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.Facts;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.catalog.stack.TimelineTopic;
import io.rostrum.contracts.json.ContractJson;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TimelineTest extends CatalogTest {
  @Stack TestStack stack;
  private TimelineTopic timeline;
  private String id;

  @BeforeEach
  void open() {
    timeline = new TimelineTopic(stack);
    id = Api.createPublic("Timeline");
  }

  @AfterEach
  void close() {
    timeline.close();
  }

  @Test
  void progress_factByFact_followsTheTimeline() {
    timeline.append(id, 0, Facts.connected());
    await().until(() -> broadcast().getString("publisher"), "CONNECTED"::equals);
    assertThat(broadcast().getString("state")).isEqualTo("DRAFT");

    timeline.append(id, 1, Facts.open(0));
    await().until(() -> broadcast().getString("state"), "LIVE"::equals);
    assertThat(broadcast().getString("startedAt")).isEqualTo(Facts.START.toString());

    timeline.append(id, 2, Facts.close(0), Facts.gone());
    await().until(() -> broadcast().getString("publisher"), "AWAY"::equals);
    assertThat(broadcast().getInt("segments")).isEqualTo(1);
    assertThat(broadcast().getDouble("durationSeconds")).isEqualTo(4.0);
    assertThat(broadcast().getString("state")).isEqualTo("LIVE");

    timeline.append(id, 4, Facts.stored(0), Facts.end(1));
    await().until(() -> broadcast().getString("state"), "ENDED"::equals);
    assertThat(broadcast().getString("endedAt")).isEqualTo(Facts.START.plusSeconds(4).toString());
  }

  @Test
  void timeline_shown_isWordForWordWhatWasWritten() {
    timeline.append(id, 0, Facts.connected(), Facts.open(0), Facts.close(0));
    awaitSeq(2);

    JsonPath page = timeline("");
    List<TimelineRecord> facts =
        page.<Map<String, Object>>getList("facts").stream()
            .map(fact -> ContractJson.read(ContractJson.write(fact), TimelineRecord.class))
            .toList();
    assertThat(facts).extracting(TimelineRecord::seq).containsExactly(0L, 1L, 2L);
    assertThat(facts.get(0).fact()).isEqualTo(Facts.connected());
    assertThat(facts.get(2).fact()).isEqualTo(Facts.close(0));
    Fact.Open open = (Fact.Open) facts.get(1).fact();
    assertThat(open.newInits().get("00112233aabbccdd")).containsExactly(0, 1, 2, 3);
    assertThat(page.getBoolean("more")).isFalse();
  }

  @Test
  void timeline_pages_goOnBehindTheLastOne() {
    timeline.append(id, 0, Facts.segments(0, 5));
    awaitSeq(14);

    JsonPath first = timeline("?limit=10");
    JsonPath second = timeline("?limit=10&after=" + first.getLong("lastSeq"));
    JsonPath third = timeline("?after=" + second.getLong("lastSeq"));
    assertThat(first.getBoolean("more")).isTrue();
    assertThat(seqs(first)).isEqualTo(seqs(0, 10));
    assertThat(second.getBoolean("more")).isFalse();
    assertThat(seqs(second)).isEqualTo(seqs(10, 15));
    assertThat(seqs(third)).isEmpty();
    assertThat(third.getLong("lastSeq")).isEqualTo(14);
  }

  @Test
  void aborted_facts_areNeverSeen() {
    timeline.appendAborted(id, 0, Facts.open(7), Facts.close(7));
    timeline.append(id, 0, Facts.open(0), Facts.close(0));
    awaitSeq(1);
    assertThat(broadcast().getInt("segments")).isEqualTo(1);
    assertThat(timeline("").getList("facts.fact.msn")).isEqualTo(List.of(0, 0));
  }

  @Test
  void repeated_facts_areTakenOnce() {
    timeline.append(id, 0, Facts.segments(0, 2));
    timeline.append(id, 0, Facts.segments(0, 2));
    timeline.append(id, 6, Facts.open(2));
    awaitSeq(6);
    assertThat(seqs(timeline(""))).isEqualTo(seqs(0, 7));
    assertThat(broadcast().getInt("segments")).isEqualTo(2);
  }

  @Test
  void missing_facts_areCountedAndTheRestIsKept() {
    timeline.append(id, 0, Facts.open(0));
    timeline.append(id, 4, Facts.close(1));
    awaitSeq(4);
    assertThat(timeline("").getLong("missingFacts")).isEqualTo(3);
    assertThat(timeline("").getList("facts")).hasSize(2);
  }

  @Test
  void foreignRecords_areLeftBehind() {
    timeline.appendRaw(id, "not a fact".getBytes(StandardCharsets.UTF_8));
    timeline.appendRaw(id, new byte[] {(byte) 0xff, 0, 1});
    timeline.appendRaw(
        id,
        ("{\"broadcast\":\"" + id + "\",\"seq\":0,\"epoch\":1,\"fact\":{\"type\":\"unheard\"}}")
            .getBytes(StandardCharsets.UTF_8));
    timeline.append(id, 0, Facts.open(0));
    awaitSeq(0);
  }

  @Test
  void nulCharacterInAFact_doesNotStopTheIndex() {
    timeline.append(id, 0, new Fact.Publisher(true, "pub2345", "RT\u0000MP", null, Facts.START));
    timeline.append(id, 1, Facts.open(0));
    awaitSeq(1);
  }

  @Test
  void timeline_notAdmitted_isRefused() {
    String closed = Api.create(Map.of("title", "Closed")).getString("id");
    String path = Api.BROADCASTS + "/" + closed + "/timeline";
    RestAssured.get(path).then().statusCode(401);
    Api.as(Tokens.bob()).get(path).then().statusCode(200);
    RestAssured.get(Api.BROADCASTS + "/" + id + "/timeline?after=x").then().statusCode(400);
  }

  private JsonPath broadcast() {
    return RestAssured.get(Api.BROADCASTS + "/" + id).jsonPath();
  }

  private JsonPath timeline(String query) {
    return RestAssured.get(Api.BROADCASTS + "/" + id + "/timeline" + query).jsonPath();
  }

  private void awaitSeq(long seq) {
    await().until(() -> timeline("?after=" + (seq - 1)).getLong("lastSeq"), last -> last == seq);
  }

  private static List<Long> seqs(JsonPath page) {
    return page.<Number>getList("facts.seq").stream().map(Number::longValue).toList();
  }

  private static List<Long> seqs(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }
}
