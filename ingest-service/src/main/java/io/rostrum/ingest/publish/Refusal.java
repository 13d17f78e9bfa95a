package io.rostrum.ingest.publish;

import java.util.Locale;

/** Why a publisher is not let in. The description is what the encoder shows to its user. */
public enum Refusal {
  NOT_READY(
      Code.DENIED, "The server is starting and does not know the broadcasts yet. Try again soon."),
  SHUTTING_DOWN(Code.DENIED, "The server is shutting down. Connect again."),
  TOO_MANY_GUESSES(
      Code.DENIED, "Too many wrong stream keys from this address. Wait a minute, then try again."),
  UNKNOWN_KEY(
      Code.BAD_NAME,
      "Unknown or revoked stream key. Copy the stream key from the broadcast's page again."),
  EXPIRED_KEY(Code.BAD_NAME, "This stream key has expired. Get a new one."),
  ENDED(Code.DENIED, "This broadcast has ended. Create a new one."),
  CANCELLED(Code.DENIED, "This broadcast was cancelled."),
  TAKEN(
      Code.BAD_NAME,
      "Somebody is already publishing to this broadcast, and it does not allow to take over."),
  TOO_MANY_CONNECTIONS(Code.DENIED, "Too many connections. Close one, or try again later.");

  /** RTMP 1.0 §7.2.2.6 names only some codes; these are the ones encoders know. */
  private static final class Code {
    static final String DENIED = "NetStream.Publish.Denied";
    static final String BAD_NAME = "NetStream.Publish.BadName";
  }

  private final String code;
  private final String description;

  Refusal(String code, String description) {
    this.code = code;
    this.description = description;
  }

  /** The RTMP status code. */
  public String code() {
    return code;
  }

  public String description() {
    return description;
  }

  /** As a metric's tag. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
