package io.rostrum.ingest.publish;

import java.util.concurrent.CompletionStage;

/**
 * A connection that publishes, as the rest of the process sees it. Methods may be called from any
 * thread.
 */
public interface Publisher {

  Admission.Granted granted();

  /** The publication that is open now. */
  String publicationId();

  /**
   * Asks the publisher to connect anew, and so to another node, where it understands that; goes on
   * as before until it leaves.
   */
  default void askToReconnect() {
    // Most cannot be asked.
  }

  /**
   * Ends the publication and the connection; what has been received is written first. Repeating it
   * changes nothing.
   *
   * @param endsBroadcast whether the broadcast is over with it
   * @return done when Kafka has everything, or has failed to take it
   */
  CompletionStage<Void> stop(CloseReason reason, boolean endsBroadcast);
}
