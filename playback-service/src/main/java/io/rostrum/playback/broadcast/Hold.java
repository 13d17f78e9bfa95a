package io.rostrum.playback.broadcast;

import io.vertx.core.Context;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A request that waits. It takes no thread: it is a condition, and what to do when it is met.
 *
 * <p>Exactly one of answer, time-out and cancellation happens to it.
 */
public final class Hold {
  /** How the wait ended. */
  public enum Outcome {
    /** The condition is met, or can never be met any more: answer. */
    READY,
    /** It was held for too long. */
    TIMED_OUT
  }

  private final String rendition;
  private final Predicate<BroadcastView> condition;
  private final Context context;
  private final Consumer<Outcome> then;
  private final long deadlineNanos;

  /**
   * @param rendition whose parts it waits for
   * @param condition whether it can be answered; called with the broadcast's lock held
   * @param context where {@code then} runs
   * @param then answers the request
   * @param deadlineNanos on {@link System#nanoTime()}
   */
  public Hold(
      String rendition,
      Predicate<BroadcastView> condition,
      Context context,
      Consumer<Outcome> then,
      long deadlineNanos) {
    this.rendition = rendition;
    this.condition = condition;
    this.context = context;
    this.then = then;
    this.deadlineNanos = deadlineNanos;
  }

  String rendition() {
    return rendition;
  }

  boolean met(BroadcastView view) {
    return condition.test(view);
  }

  boolean expired(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  Context context() {
    return context;
  }

  void finish(Outcome outcome) {
    then.accept(outcome);
  }
}
