package io.rostrum.catalog.broadcast;

import io.rostrum.contracts.Ids;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.Repair;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.broadcast.StreamKeyHash;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * What producers want of a broadcast, with its stream keys. Changed under its row's lock only, so
 * that revisions count up one by one; see {@link BroadcastChanges}.
 */
@Entity
@Table(name = "broadcast")
public class Broadcast {
  private static final int MAX_EXPIRED_IN_INTENT = 100;

  @Id String id;

  long revision;

  String title;

  String description;

  @Column(name = "starts_at")
  Instant startsAt;

  @JdbcTypeCode(SqlTypes.JSON)
  Audience audience;

  @Column(name = "live_window_seconds")
  int liveWindowSeconds;

  boolean takeover;

  @Column(name = "auto_end_seconds")
  int autoEndSeconds;

  boolean cancelled;

  @Column(name = "end_requested_at")
  Instant endRequestedAt;

  @JdbcTypeCode(SqlTypes.JSON)
  Repair repair;

  @Column(name = "created_by")
  String createdBy;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "updated_at")
  Instant updatedAt;

  @OneToMany(mappedBy = "broadcast", cascade = CascadeType.ALL, orphanRemoval = true)
  @OrderBy("createdAt, keyId")
  List<IssuedKey> keys = new ArrayList<>();

  /** For Hibernate. */
  protected Broadcast() {}

  /** A new draft for the signed-in, as defaults are. */
  Broadcast(String title, String createdBy, Instant now) {
    this.id = Ids.newBroadcastId();
    this.title = title;
    this.audience = Audience.signedIn();
    this.liveWindowSeconds = BroadcastIntent.DEFAULT_LIVE_WINDOW_SECONDS;
    this.takeover = true;
    this.autoEndSeconds = (int) BroadcastIntent.DEFAULT_AUTO_END.toSeconds();
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
  }

  public String id() {
    return id;
  }

  public Audience audience() {
    return audience;
  }

  /** How long the publisher may be away before it ends by itself. */
  public int autoEndSeconds() {
    return autoEndSeconds;
  }

  /** Whether a producer asked for the end; it may not have come yet. */
  public boolean endRequested() {
    return endRequestedAt != null;
  }

  /** The state that follows from what is wanted and what happened. */
  public BroadcastState state(Progress progress) {
    if (progress.endedAt() != null) {
      return BroadcastState.ENDED;
    }
    if (progress.startedAt() != null) {
      return BroadcastState.LIVE;
    }
    if (cancelled) {
      return BroadcastState.CANCELLED;
    }
    return startsAt == null ? BroadcastState.DRAFT : BroadcastState.SCHEDULED;
  }

  /**
   * The audience as the other services apply it: whoever made the broadcast may watch it, whatever
   * its rules say.
   */
  public Audience effectiveAudience() {
    if (audience.admits(createdBy, Set.of())) {
      return audience;
    }
    return new Audience(
        Stream.concat(
                audience.rules().stream(),
                Stream.of(new Audience.Rule(Audience.Kind.PERSON, createdBy)))
            .toList());
  }

  /**
   * A new stream key; only its hash stays here.
   *
   * @param expiresAt null where it does not expire
   */
  public StreamKey issueKey(KeyPurpose purpose, String issuedBy, Instant now, Instant expiresAt) {
    StreamKey key = StreamKey.generate();
    keys.add(new IssuedKey(this, key.hash(expiresAt), purpose, issuedBy, now));
    return key;
  }

  /** The key of that id, revoked or not. */
  public Optional<IssuedKey> key(String keyId) {
    return keys.stream().filter(key -> key.keyId.equals(keyId)).findFirst();
  }

  /** Keys that publishers may use now. */
  public List<IssuedKey> validKeys(Instant now) {
    return keys.stream().filter(key -> key.isValid(now)).toList();
  }

  /** Refuses the key from now on. */
  public void revoke(IssuedKey key, Instant now) {
    key.revokedAt = key.revokedAt == null ? now : key.revokedAt;
  }

  /** Forgets keys that nobody can use since before that time. */
  public void forgetKeysDeadSince(Instant time) {
    keys.removeIf(key -> key.purpose == KeyPurpose.BROWSER && key.expiresAt.isBefore(time));
  }

  /**
   * Keys that ingest has to know: all that were not revoked. Nobody begins with one that has
   * expired, but whoever began with it is on the air, and a key that is missing is a revoked one.
   * Of those that have expired the newest {@value #MAX_EXPIRED_IN_INTENT}.
   */
  private List<StreamKeyHash> ingestKeys(Instant now) {
    Map<Boolean, List<IssuedKey>> byValidity =
        keys.stream()
            .filter(key -> key.revokedAt == null)
            .collect(Collectors.partitioningBy(key -> key.isValid(now)));
    Stream<IssuedKey> expired =
        byValidity.get(false).stream()
            .sorted(Comparator.comparing((IssuedKey key) -> key.expiresAt).reversed())
            .limit(MAX_EXPIRED_IN_INTENT);
    return Stream.concat(byValidity.get(true).stream(), expired).map(IssuedKey::hash).toList();
  }

  /** What the other services have to know. */
  BroadcastIntent intent(Instant now) {
    List<StreamKeyHash> hashes = ingestKeys(now);
    return new BroadcastIntent(
        id,
        revision,
        title,
        effectiveAudience(),
        hashes,
        takeover,
        Duration.ofSeconds(autoEndSeconds),
        liveWindowSeconds,
        startsAt,
        cancelled,
        endRequestedAt,
        repair);
  }
}
