package io.rostrum.transcode.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.util.List;
import java.util.Map;

/**
 * What a broadcast leaves when nothing goes wrong, for others to be compared with.
 *
 * @param timeline see {@link Timelines#comparable}
 * @param storyboard see {@link Timelines#storyboard}
 * @param hashes see {@link TestStack#hashes}
 */
record CalmRun(List<String> timeline, List<String> storyboard, Map<String, String> hashes) {
  /** Starts a transcoder: closed when the recording is whole. */
  interface Start {
    AutoCloseable transcoder() throws Exception;
  }

  /** Broadcasts {@code records} to their end, undisturbed. */
  static CalmRun of(TestStack stack, String id, List<SourceRecord> records, Start start)
      throws Exception {
    stack.intend(id, null);
    stack.publish(id, records);
    List<TimelineRecord> facts;
    try (AutoCloseable transcoder = start.transcoder()) {
      facts = stack.awaitTimeline(id, Timelines::endedAndStored);
    }
    return new CalmRun(
        Timelines.comparable(facts, id), Timelines.storyboard(facts, id), stack.hashes(id));
  }

  /** Another broadcast of the same records has the same facts and the same objects. */
  void assertSame(TestStack stack, String id, List<TimelineRecord> facts) throws Exception {
    assertThat(Timelines.endedAndStored(facts)).isTrue();
    Timelines.assertOrder(facts);
    assertThat(Timelines.comparable(facts, id)).isEqualTo(timeline);
    assertThat(Timelines.storyboard(facts, id)).isEqualTo(storyboard);
    assertThat(stack.hashes(id)).isEqualTo(hashes);
  }
}
