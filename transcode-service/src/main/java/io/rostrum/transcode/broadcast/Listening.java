package io.rostrum.transcode.broadcast;

/**
 * How well a partition of the source is heard.
 *
 * @param caughtUp whether every record that the broker has was taken, and the broker answers
 * @param sinceNanos since when the broker has been answering without a pause, as {@link
 *     System#nanoTime}: what was silent before may have had something to say
 */
public record Listening(boolean caughtUp, long sinceNanos) {}
