package io.rostrum.ingest.publish;

/** Whether a publisher is let in. */
public sealed interface Admission {

  /**
   * It is.
   *
   * @param keyId the key it used
   */
  record Granted(String broadcastId, String keyId) implements Admission {}

  /** It is not. */
  record Refused(Refusal refusal) implements Admission {}
}
