package io.rostrum.catalog.streamkey;

import io.rostrum.catalog.broadcast.Broadcast;
import io.rostrum.catalog.broadcast.BroadcastChanges;
import io.rostrum.catalog.broadcast.BroadcastRules;
import io.rostrum.catalog.broadcast.BroadcastViews;
import io.rostrum.catalog.broadcast.IngestView;
import io.rostrum.catalog.broadcast.IssuedKey;
import io.rostrum.catalog.broadcast.KeyPurpose;
import io.rostrum.catalog.problem.ProblemException;
import io.rostrum.catalog.problem.ProblemKind;
import io.rostrum.contracts.broadcast.StreamKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Hands out and revokes stream keys. */
@ApplicationScoped
public class StreamKeyIssuer {
  private static final Logger LOG = Logger.getLogger(StreamKeyIssuer.class);

  private final BroadcastChanges changes;
  private final BroadcastViews views;
  private final StreamKeyConfig config;
  private final Clock clock;

  StreamKeyIssuer(
      BroadcastChanges changes, BroadcastViews views, StreamKeyConfig config, Clock clock) {
    this.changes = changes;
    this.views = views;
    this.config = config;
    this.clock = clock;
  }

  /** A key that is valid until it is revoked. */
  NewStreamKey issueForEncoder(String broadcastId, String issuedBy) {
    return issue(broadcastId, KeyPurpose.ENCODER, issuedBy, null);
  }

  /** A key for going live from the browser now. */
  NewStreamKey issueForBrowser(String broadcastId, String issuedBy) {
    Instant expiresAt = clock.instant().plus(config.publishTokenTtl());
    return issue(broadcastId, KeyPurpose.BROWSER, issuedBy, expiresAt);
  }

  private NewStreamKey issue(
      String broadcastId, KeyPurpose purpose, String issuedBy, Instant expiresAt) {
    AtomicReference<StreamKey> issued = new AtomicReference<>();
    changes.change(
        broadcastId,
        (broadcast, progress) -> {
          BroadcastRules.requirePublishable(broadcast, broadcast.state(progress));
          Instant now = clock.instant();
          broadcast.forgetKeysDeadSince(now.minus(config.expiredKept()));
          requireRoom(broadcast, now);
          issued.set(broadcast.issueKey(purpose, issuedBy, now, expiresAt));
        },
        (broadcast, progress) -> broadcast.id());
    StreamKey key = issued.get();
    LOG.infof(
        "Stream key issued broadcast=%s key=%s purpose=%s", broadcastId, key.keyId(), purpose);
    IngestView ingest = views.ingest(broadcastId, key);
    return new NewStreamKey(
        key.keyId(),
        key.reveal(),
        expiresAt,
        ingest.rtmpUrl(),
        ingest.rtmpsUrl(),
        ingest.whipUrl());
  }

  /**
   * Refuses a key from now on; idempotent.
   *
   * @throws ProblemException 404 if the broadcast has no such key
   */
  void revoke(String broadcastId, String keyId) {
    changes.change(
        broadcastId,
        (broadcast, progress) -> {
          IssuedKey key = broadcast.key(keyId).orElseThrow(StreamKeyIssuer::unknownKey);
          broadcast.revoke(key, clock.instant());
        },
        (broadcast, progress) -> broadcast.id());
    LOG.infof("Stream key revoked broadcast=%s key=%s", broadcastId, keyId);
  }

  private void requireRoom(Broadcast broadcast, Instant now) {
    if (broadcast.validKeys(now).size() >= config.maxValid()) {
      throw new ProblemException(
          ProblemKind.LIMIT_REACHED,
          "A broadcast can have "
              + config.maxValid()
              + " valid stream keys. Revoke one: DELETE /api/v1/broadcasts/"
              + broadcast.id()
              + "/stream-keys/{keyId}.");
    }
  }

  private static ProblemException unknownKey() {
    return new ProblemException(
        ProblemKind.NOT_FOUND,
        "The broadcast has no stream key with this id. GET the broadcast for those it has.");
  }
}
