package io.rostrum.ingest.publish;

import io.rostrum.ingest.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds how fast one address may try stream keys: a bucket of wrong guesses that drains slowly.
 * Knows the addresses that guessed last and forgets older ones, so that its memory is bounded as
 * well. Thread safe.
 */
@ApplicationScoped
public class GuessLimiter {

  private static final int MAX_ADDRESSES = 10_000;

  private record Bucket(double wrongGuesses, long atMs) {}

  private final int allowed;
  private final Duration refill;
  private final InstantSource clock;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  @jakarta.inject.Inject
  GuessLimiter(IngestConfig config) {
    this(config.guesses().allowed(), config.guesses().refill(), InstantSource.system());
  }

  GuessLimiter(int allowed, Duration refill, InstantSource clock) {
    this.allowed = allowed;
    this.refill = refill;
    this.clock = clock;
  }

  /** Whether {@code address} may try a key. */
  public synchronized boolean mayTry(String address) {
    return wrongGuesses(address) <= allowed - 1;
  }

  /** {@code address} tried a key that does not exist. */
  public synchronized void wrongGuess(String address) {
    buckets.put(address, new Bucket(wrongGuesses(address) + 1, clock.millis()));
  }

  private double wrongGuesses(String address) {
    Bucket bucket = buckets.get(address);
    if (bucket == null) {
      return 0;
    }
    double drained = (double) (clock.millis() - bucket.atMs) / refill.toMillis();
    return Math.max(0, bucket.wrongGuesses - Math.max(0, drained));
  }
}
