package io.rostrum.ingest.publish;

import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.broadcast.StreamKeyHash;
import io.rostrum.ingest.broadcast.BroadcastDirectory;
import io.rostrum.ingest.broadcast.BroadcastFollower;
import io.rostrum.ingest.broadcast.BroadcastState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Decides who may publish, from memory alone: the catalog need not be there. Thread safe. */
@ApplicationScoped
public class PublishGate {

  // Compared against where there is no such key, so that a wrong key id takes as long as a wrong
  // secret.
  private static final StreamKeyHash NO_KEY = new StreamKey("0000", "0".repeat(40)).hash(null);

  private final BroadcastDirectory directory;
  private final PublisherRegistry registry;
  private final GuessLimiter guesses;
  private final BooleanSupplier ready;

  @jakarta.inject.Inject
  PublishGate(
      BroadcastDirectory directory,
      PublisherRegistry registry,
      GuessLimiter guesses,
      BroadcastFollower follower) {
    this(directory, registry, guesses, follower::isReady);
  }

  PublishGate(
      BroadcastDirectory directory,
      PublisherRegistry registry,
      GuessLimiter guesses,
      BooleanSupplier ready) {
    this.directory = directory;
    this.registry = registry;
    this.guesses = guesses;
    this.ready = ready;
  }

  /**
   * @param key what the publisher sent; empty if that had not the form of a key
   * @param address where it comes from
   */
  public Admission admit(Optional<StreamKey> key, String address) {
    if (!ready.getAsBoolean()) {
      return new Admission.Refused(Refusal.NOT_READY);
    }
    if (registry.isDraining()) {
      return new Admission.Refused(Refusal.SHUTTING_DOWN);
    }
    if (!guesses.mayTry(address)) {
      return new Admission.Refused(Refusal.TOO_MANY_GUESSES);
    }
    Optional<BroadcastState> broadcast = key.flatMap(k -> directory.findByKey(k.keyId()));
    StreamKeyHash hash = broadcast.flatMap(b -> hash(b, key.get().keyId())).orElse(NO_KEY);
    boolean right = key.isPresent() && matches(key.get(), hash);
    if (!right || hash == NO_KEY) {
      guesses.wrongGuess(address);
      return new Admission.Refused(Refusal.UNKNOWN_KEY);
    }
    if (hash.expiresAt() != null && hash.expiresAt().isBefore(Instant.now())) {
      return new Admission.Refused(Refusal.EXPIRED_KEY);
    }
    Admission.Granted granted =
        new Admission.Granted(broadcast.get().intent().id(), key.get().keyId());
    return refusal(granted).<Admission>map(Admission.Refused::new).orElse(granted);
  }

  /** Whether a key of this id was heard of; says nothing about its secret. */
  public boolean knows(StreamKey key) {
    return directory.findByKey(key.keyId()).isPresent();
  }

  /** What speaks against a publisher that was let in, now that its media is here. */
  public Optional<Refusal> refusal(Admission.Granted granted) {
    Optional<BroadcastState> found = directory.find(granted.broadcastId());
    if (found.isEmpty() || hash(found.get(), granted.keyId()).isEmpty()) {
      return Optional.of(Refusal.UNKNOWN_KEY);
    }
    BroadcastState broadcast = found.get();
    if (broadcast.isOver()) {
      return Optional.of(Refusal.ENDED);
    }
    if (broadcast.intent().cancelled()) {
      return Optional.of(Refusal.CANCELLED);
    }
    if (!broadcast.intent().takeover() && isTaken(granted.broadcastId())) {
      return Optional.of(Refusal.TAKEN);
    }
    return Optional.empty();
  }

  /**
   * Whether somebody publishes, here or on another node. Of other nodes the timeline tells, a
   * moment late: two that come at once may both get in, and then the later one stays.
   */
  private boolean isTaken(String broadcastId) {
    return registry.isPublished(broadcastId)
        || directory.connectedPublication(broadcastId).filter(p -> !registry.isOwn(p)).isPresent();
  }

  private static Optional<StreamKeyHash> hash(BroadcastState broadcast, String keyId) {
    return broadcast.intent().streamKeys().stream()
        .filter(key -> key.keyId().equals(keyId))
        .findFirst();
  }

  private static boolean matches(StreamKey key, StreamKeyHash hash) {
    // Hashes in any case; only then looks whether the ids agree.
    boolean same = new StreamKey(hash.keyId(), key.secret()).matches(hash);
    return same && key.keyId().equals(hash.keyId());
  }
}
