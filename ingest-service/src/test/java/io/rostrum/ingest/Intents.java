package io.rostrum.ingest;

import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.broadcast.StreamKeyHash;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Intents as the catalog would write them. */
public final class Intents {

  private Intents() {}

  public static BroadcastIntent open(String id, boolean takeover, StreamKey... keys) {
    return intent(id, takeover, false, null, hashes(keys));
  }

  public static BroadcastIntent ending(String id, StreamKey... keys) {
    return intent(id, true, false, Instant.now(), hashes(keys));
  }

  public static BroadcastIntent cancelled(String id, StreamKey... keys) {
    return intent(id, true, true, null, hashes(keys));
  }

  public static BroadcastIntent expiring(String id, StreamKey key, Instant expiresAt) {
    return intent(id, true, false, null, List.of(key.hash(expiresAt)));
  }

  private static List<StreamKeyHash> hashes(StreamKey... keys) {
    return Stream.of(keys).map(key -> key.hash(null)).toList();
  }

  private static BroadcastIntent intent(
      String id, boolean takeover, boolean cancelled, Instant end, List<StreamKeyHash> keys) {
    return new BroadcastIntent(
        id, 1, "Town hall", Audience.signedIn(), keys, takeover, null, 0, null, cancelled, end);
  }
}
