package io.rostrum.ingest.broadcast;

import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.StreamKeyHash;
import io.rostrum.contracts.timeline.Fact;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All broadcasts, by id and by key. Written by the threads that follow the topics, one for each
 * topic; read by event loops. Applying a record twice changes nothing.
 */
@ApplicationScoped
public class BroadcastDirectory {

  private final Map<String, BroadcastIntent> intents = new ConcurrentHashMap<>();
  private final Map<String, String> broadcastsByKey = new ConcurrentHashMap<>();
  // Ends are kept even where the intent is not known (yet): the topics are read side by side.
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  // By broadcast, the publication that its timeline shows as connected.
  private final Map<String, String> connected = new ConcurrentHashMap<>();
  private final List<BroadcastListener> listeners = new CopyOnWriteArrayList<>();

  public void addListener(BroadcastListener listener) {
    listeners.add(listener);
  }

  /** The broadcast, if the catalog wants one of that id. */
  public Optional<BroadcastState> find(String broadcastId) {
    return Optional.ofNullable(intents.get(broadcastId))
        .map(intent -> new BroadcastState(intent, ended.contains(broadcastId)));
  }

  /** The broadcast that a key belongs to. */
  public Optional<BroadcastState> findByKey(String keyId) {
    return Optional.ofNullable(broadcastsByKey.get(keyId)).flatMap(this::find);
  }

  /** The publication that is connected, to whatever node, as the broadcast's timeline shows it. */
  public Optional<String> connectedPublication(String broadcastId) {
    return Optional.ofNullable(connected.get(broadcastId));
  }

  public int size() {
    return intents.size();
  }

  /**
   * @param intent null where the broadcast was deleted
   */
  void apply(String broadcastId, BroadcastIntent intent) {
    BroadcastIntent before =
        intent == null ? intents.remove(broadcastId) : intents.put(broadcastId, intent);
    List<StreamKeyHash> keys = intent == null ? List.of() : intent.streamKeys();
    keys.forEach(key -> broadcastsByKey.put(key.keyId(), broadcastId));
    if (before != null) {
      before.streamKeys().stream()
          .map(StreamKeyHash::keyId)
          .filter(keyId -> keys.stream().noneMatch(key -> key.keyId().equals(keyId)))
          .forEach(keyId -> broadcastsByKey.remove(keyId, broadcastId));
    }
    listeners.forEach(listener -> listener.intentChanged(broadcastId, intent));
  }

  void apply(String broadcastId, Fact fact) {
    if (fact instanceof Fact.End) {
      ended.add(broadcastId);
      connected.remove(broadcastId);
      listeners.forEach(listener -> listener.ended(broadcastId));
    } else if (fact instanceof Fact.Publisher publisher) {
      if (publisher.connected()) {
        connected.put(broadcastId, publisher.publication());
      } else {
        connected.remove(broadcastId);
      }
      listeners.forEach(listener -> listener.publisherChanged(broadcastId, publisher));
    }
  }
}
