package io.rostrum.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.ingest.Intents;
import io.rostrum.ingest.broadcast.BroadcastDirectory;
import io.rostrum.ingest.broadcast.Directories;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishGateTest {

  private static final String ID = "townhall2345";
  private static final String ADDRESS = "192.0.2.1";

  private boolean ready = true;
  private Instant now = Instant.EPOCH;
  private final StreamKey key = StreamKey.generate();
  private final BroadcastDirectory directory = new BroadcastDirectory();
  private final PublisherRegistry registry =
      new PublisherRegistry(directory, new SimpleMeterRegistry());
  private final PublishGate gate =
      new PublishGate(
          directory, registry, new GuessLimiter(3, Duration.ofSeconds(6), () -> now), () -> ready);

  @Test
  void validKey_isGranted() {
    Directories.apply(directory, Intents.open(ID, true, StreamKey.generate(), key));

    assertThat(admit(key)).isEqualTo(new Admission.Granted(ID, key.keyId()));
  }

  @Test
  void wrongSecret_unknownKey_andNoKey_areRefusedAlike() {
    Directories.apply(directory, Intents.open(ID, true, key));

    assertThat(admit(new StreamKey(key.keyId(), "x".repeat(40))))
        .isEqualTo(refused(Refusal.UNKNOWN_KEY));
    assertThat(admit(StreamKey.generate())).isEqualTo(refused(Refusal.UNKNOWN_KEY));
    assertThat(gate.admit(Optional.empty(), ADDRESS)).isEqualTo(refused(Refusal.UNKNOWN_KEY));
  }

  @Test
  void keyThatNothingIsComparedWith_isNotAKey() {
    assertThat(admit(new StreamKey("0000", "0".repeat(40))))
        .isEqualTo(refused(Refusal.UNKNOWN_KEY));
  }

  @Test
  void revokedKey_isRefused() {
    Directories.apply(directory, Intents.open(ID, true, key));
    Directories.apply(directory, Intents.open(ID, true));

    assertThat(admit(key)).isEqualTo(refused(Refusal.UNKNOWN_KEY));
  }

  @Test
  void expiredKey_isRefused() {
    Directories.apply(directory, Intents.expiring(ID, key, Instant.now().minusSeconds(1)));

    assertThat(admit(key)).isEqualTo(refused(Refusal.EXPIRED_KEY));
  }

  @Test
  void endedAndCancelled_areRefusedWithTheirReason() {
    Directories.apply(directory, Intents.ending(ID, key));
    assertThat(admit(key)).isEqualTo(refused(Refusal.ENDED));

    Directories.apply(directory, Intents.cancelled(ID, key));
    assertThat(admit(key)).isEqualTo(refused(Refusal.CANCELLED));
  }

  @Test
  void endOnTheTimeline_beforeTheIntentIsRead_refuses() {
    Directories.apply(
        directory, ID, new Fact.End(Fact.End.Reason.PUBLISHER_AWAY, 1, 1, Instant.now()));
    Directories.apply(directory, Intents.open(ID, true, key));

    assertThat(admit(key)).isEqualTo(refused(Refusal.ENDED));
  }

  @Test
  void deletedBroadcast_isUnknown() {
    Directories.apply(directory, Intents.open(ID, true, key));
    Directories.delete(directory, ID);

    assertThat(admit(key)).isEqualTo(refused(Refusal.UNKNOWN_KEY));
  }

  @Test
  void secondPublisher_dependsOnTheBroadcast() {
    Directories.apply(directory, Intents.open(ID, false, key));
    registry.claim(new FakePublisher(ID, key.keyId(), "p1"));
    assertThat(admit(key)).isEqualTo(refused(Refusal.TAKEN));

    Directories.apply(directory, Intents.open(ID, true, key));
    assertThat(admit(key)).isInstanceOf(Admission.Granted.class);
  }

  @Test
  void tooManyGuesses_refuseEvenTheRightKey_untilTimePasses() {
    Directories.apply(directory, Intents.open(ID, true, key));
    for (int i = 0; i < 3; i++) {
      admit(StreamKey.generate());
    }

    assertThat(admit(key)).isEqualTo(refused(Refusal.TOO_MANY_GUESSES));
    assertThat(gate.admit(Optional.of(key), "198.51.100.7")).isInstanceOf(Admission.Granted.class);
    now = now.plusSeconds(6);
    assertThat(admit(key)).isInstanceOf(Admission.Granted.class);
  }

  @Test
  void beforeTheBroadcastsAreRead_nobodyIsLetIn_andNothingCountsAsAGuess() {
    ready = false;
    for (int i = 0; i < 10; i++) {
      assertThat(admit(key)).isEqualTo(refused(Refusal.NOT_READY));
    }
    ready = true;
    Directories.apply(directory, Intents.open(ID, true, key));

    assertThat(admit(key)).isInstanceOf(Admission.Granted.class);
  }

  private Admission admit(StreamKey offered) {
    return gate.admit(Optional.of(offered), ADDRESS);
  }

  private static Admission refused(Refusal refusal) {
    return new Admission.Refused(refusal);
  }

  @Test
  void publisherOnAnotherNode_countsWhereTakeOverIsForbidden_ownPublicationsDoNot() {
    Directories.apply(directory, Intents.open(ID, false, key));
    fact(true, "elsewhere");
    assertThat(admit(key)).isEqualTo(new Admission.Refused(Refusal.TAKEN));

    fact(false, "elsewhere");
    assertThat(admit(key)).isInstanceOf(Admission.Granted.class);

    // The timeline still shows as connected what has just left this node.
    registry.opened("here");
    fact(true, "here");
    assertThat(admit(key)).isInstanceOf(Admission.Granted.class);
  }

  @Test
  void draining_nobodyIsLetIn() {
    Directories.apply(directory, Intents.open(ID, true, key));
    registry.drain();

    assertThat(admit(key)).isEqualTo(new Admission.Refused(Refusal.SHUTTING_DOWN));
  }

  private void fact(boolean connected, String publication) {
    Directories.apply(
        directory, ID, new Fact.Publisher(connected, publication, "RTMP", null, Instant.EPOCH));
  }
}
