package io.rostrum.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.ingest.Intents;
import io.rostrum.ingest.broadcast.BroadcastDirectory;
import io.rostrum.ingest.broadcast.Directories;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PublisherRegistryTest {

  private static final String ID = "townhall2345";

  private final StreamKey key = StreamKey.generate();
  private final BroadcastDirectory directory = new BroadcastDirectory();
  private final PublisherRegistry registry =
      new PublisherRegistry(directory, new SimpleMeterRegistry());
  private final FakePublisher publisher = new FakePublisher(ID, key.keyId(), "mine");

  @Test
  void secondClaim_supersedesTheFirst() {
    registry.claim(publisher);
    FakePublisher second = new FakePublisher(ID, key.keyId(), "other");

    registry.claim(second);
    registry.release(publisher);

    assertThat(publisher.stopped).containsExactly(CloseReason.SUPERSEDED);
    assertThat(registry.all()).containsExactly(second);
  }

  @Test
  void endRequest_stopsThePublisher_andEndsTheBroadcast() {
    registry.claim(publisher);

    Directories.apply(directory, Intents.ending(ID, key));

    assertThat(publisher.stopped).containsExactly(CloseReason.BROADCAST_ENDED);
    assertThat(publisher.endedBroadcast).isTrue();
  }

  @Test
  void revokedKeyCancelledAndDeleted_stopThePublisher() {
    registry.claim(publisher);

    Directories.apply(directory, Intents.open(ID, true, StreamKey.generate()));
    Directories.apply(directory, Intents.cancelled(ID, key));
    Directories.delete(directory, ID);

    assertThat(publisher.stopped)
        .containsExactly(CloseReason.REVOKED, CloseReason.REVOKED, CloseReason.REVOKED);
    assertThat(publisher.endedBroadcast).isFalse();
  }

  @Test
  void changeOfSomethingElse_leavesThePublisherAlone() {
    registry.claim(publisher);

    Directories.apply(directory, Intents.open(ID, false, StreamKey.generate(), key));
    Directories.apply(directory, Intents.ending("another234", key));

    assertThat(publisher.stopped).isEmpty();
  }

  @Test
  void publisherOnAnotherNode_supersedesOnlyIfItCameLater() {
    registry.claim(publisher);

    Directories.apply(directory, ID, connected("before"));
    assertThat(publisher.stopped).isEmpty();
    Directories.apply(directory, ID, connected("mine"));
    Directories.apply(directory, ID, connected("later"));

    assertThat(publisher.stopped).containsExactly(CloseReason.SUPERSEDED);
  }

  @Test
  void endOnTheTimeline_stopsThePublisher() {
    registry.claim(publisher);

    Directories.apply(directory, ID, new Fact.End(Fact.End.Reason.REQUESTED, 1, 1, Instant.now()));

    assertThat(publisher.stopped).containsExactly(CloseReason.BROADCAST_ENDED);
    assertThat(publisher.endedBroadcast).isFalse();
  }

  private static Fact connected(String publication) {
    return new Fact.Publisher(true, publication, "RTMP", null, Instant.now());
  }

  @Test
  void drain_asksAndWaitsForTheLast_andLetsInAgainOnlyWhenOpened() {
    registry.claim(publisher);

    java.util.concurrent.CompletableFuture<Void> drained = registry.drain();

    assertThat(publisher.asked).isEqualTo(1);
    assertThat(registry.isDraining()).isTrue();
    assertThat(drained).isNotDone();
    registry.release(publisher);
    assertThat(drained).isDone();
    registry.open();
    assertThat(registry.isDraining()).isFalse();
  }
}
