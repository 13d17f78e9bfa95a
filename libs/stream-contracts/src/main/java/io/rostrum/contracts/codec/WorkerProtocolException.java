package io.rostrum.contracts.codec;

import java.io.IOException;

/**
 * A frame of the worker protocol that is malformed, over a limit, or cut off. The stream it came
 * from has lost its framing: close it, and end the worker.
 */
public final class WorkerProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was wrong, with the value that was seen and the limit it broke
   */
  public WorkerProtocolException(String message) {
    super(message);
  }

  /**
   * @param message what was wrong
   * @param cause what a field's own check said
   */
  public WorkerProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
