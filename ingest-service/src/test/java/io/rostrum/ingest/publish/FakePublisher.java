package io.rostrum.ingest.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A publisher without a connection: keeps what it was told. */
final class FakePublisher implements Publisher {

  final List<CloseReason> stopped = new ArrayList<>();
  boolean endedBroadcast;
  int asked;
  private final Admission.Granted granted;
  private final String publicationId;

  FakePublisher(String broadcastId, String keyId, String publicationId) {
    this.granted = new Admission.Granted(broadcastId, keyId);
    this.publicationId = publicationId;
  }

  @Override
  public Admission.Granted granted() {
    return granted;
  }

  @Override
  public String publicationId() {
    return publicationId;
  }

  @Override
  public void askToReconnect() {
    asked++;
  }

  @Override
  public CompletionStage<Void> stop(CloseReason reason, boolean endsBroadcast) {
    stopped.add(reason);
    endedBroadcast |= endsBroadcast;
    return CompletableFuture.completedFuture(null);
  }
}
