package io.rostrum.ingest.publish;

import io.rostrum.contracts.source.SourceRecord.EndReason;
import java.util.Locale;

/**
 * Why a connection ended: in logs, as a metric's tag, and in the record that ends its publication.
 */
public enum CloseReason {
  PUBLISHER_LEFT(EndReason.PUBLISHER_LEFT, null),
  TIMED_OUT(EndReason.TIMED_OUT, "No media for too long."),
  BROADCAST_ENDED(EndReason.BROADCAST_ENDED, "The broadcast was ended by its producer."),
  SUPERSEDED(EndReason.SUPERSEDED, "Another publisher took over this broadcast."),
  REVOKED(EndReason.REVOKED, "The stream key was revoked, or the broadcast was cancelled."),
  MALFORMED(EndReason.MALFORMED, "The stream could not be understood"),
  UNSUPPORTED(EndReason.MALFORMED, "The stream is not supported"),
  DELIVERY_FAILED(
      EndReason.INGEST_STOPPED, "The server could not store the stream. Connect again."),
  SHUT_DOWN(EndReason.INGEST_STOPPED, "The server is shutting down. Connect again."),
  INTERNAL_ERROR(
      EndReason.INGEST_STOPPED, "The server made a mistake. Connect again, and tell its operator."),
  REFUSED(EndReason.PUBLISHER_LEFT, null);

  private final EndReason endReason;
  private final String description;

  CloseReason(EndReason endReason, String description) {
    this.endReason = endReason;
    this.description = description;
  }

  public EndReason endReason() {
    return endReason;
  }

  /** What the publisher is told; null where there is nobody or nothing left to tell. */
  public String description() {
    return description;
  }

  /** As a metric's tag. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
