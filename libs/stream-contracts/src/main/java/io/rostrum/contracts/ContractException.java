package io.rostrum.contracts;

/**
 * A record that does not follow the contract: truncated, of an unknown version, or with a value out
 * of its range.
 *
 * <p>Unchecked, because records come from Rostrum's own services: meeting one means a bug or
 * foreign data on the topic. A consumer logs it with topic, partition and offset, and goes on
 * behind it.
 */
public final class ContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, and with which record kind
   */
  public ContractException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, and with which record kind
   * @param cause what the decoder said
   */
  public ContractException(String message, Throwable cause) {
    super(message, cause);
  }
}
