package io.rostrum.ingest.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.ingest.broadcast.BroadcastDirectory;
import io.rostrum.ingest.broadcast.BroadcastListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The publishers of this node, one for each broadcast, and what the topics mean for them: a
 * broadcast that ends, a key that is revoked, a publication on another node that came later. Thread
 * safe.
 */
@ApplicationScoped
public class PublisherRegistry implements BroadcastListener {

  private static final int REMEMBERED = 10_000;

  private final Map<String, Publisher> publishers = new ConcurrentHashMap<>();
  // By broadcast, the publication of this node that its timeline shows: only one that came after it
  // supersedes it.
  private final Map<String, String> onTimeline = new ConcurrentHashMap<>();
  private final Set<String> opened = Collections.newSetFromMap(new NewestOf<>(REMEMBERED));
  private volatile CompletableFuture<Void> drained;

  PublisherRegistry(BroadcastDirectory directory, MeterRegistry metrics) {
    directory.addListener(this);
    metrics.gaugeMapSize("rostrum.ingest.publishers", List.of(), publishers);
  }

  /** {@code publisher} publishes from now on; whoever did before is stopped. */
  public void claim(Publisher publisher) {
    Publisher before = publishers.put(publisher.granted().broadcastId(), publisher);
    if (before != null && before != publisher) {
      before.stop(CloseReason.SUPERSEDED, false);
    }
  }

  /** {@code publisher} publishes no longer. */
  public void release(Publisher publisher) {
    String broadcastId = publisher.granted().broadcastId();
    if (publishers.remove(broadcastId, publisher)) {
      onTimeline.remove(broadcastId);
    }
    CompletableFuture<Void> waiting = drained;
    if (waiting != null && publishers.isEmpty()) {
      waiting.complete(null);
    }
  }

  /**
   * Lets nobody in any more, and asks those who can be asked to connect elsewhere.
   *
   * @return done when the last has left
   */
  public CompletableFuture<Void> drain() {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    drained = waiting;
    publishers.values().forEach(Publisher::askToReconnect);
    if (publishers.isEmpty()) {
      waiting.complete(null);
    }
    return waiting;
  }

  /** Lets publishers in (again). */
  public void open() {
    drained = null;
  }

  /** Whether this node is about to stop. */
  public boolean isDraining() {
    return drained != null;
  }

  /**
   * A publication was opened on this node: what the timeline says of it later is known better here.
   */
  public void opened(String publicationId) {
    synchronized (opened) {
      opened.add(publicationId);
    }
  }

  /** Whether a publication is, or was, one of this node; some of long ago are forgotten. */
  public boolean isOwn(String publicationId) {
    synchronized (opened) {
      return opened.contains(publicationId);
    }
  }

  public boolean isPublished(String broadcastId) {
    return publishers.containsKey(broadcastId);
  }

  /** All that publish now. */
  public List<Publisher> all() {
    return List.copyOf(publishers.values());
  }

  @Override
  public void intentChanged(String broadcastId, BroadcastIntent intent) {
    Publisher publisher = publishers.get(broadcastId);
    if (publisher == null) {
      return;
    }
    if (intent != null && intent.endRequested()) {
      publisher.stop(CloseReason.BROADCAST_ENDED, true);
    } else if (intent == null || intent.cancelled() || !hasKey(intent, publisher)) {
      publisher.stop(CloseReason.REVOKED, false);
    }
  }

  @Override
  public void ended(String broadcastId) {
    Publisher publisher = publishers.get(broadcastId);
    if (publisher != null) {
      publisher.stop(CloseReason.BROADCAST_ENDED, false);
    }
  }

  @Override
  public void publisherChanged(String broadcastId, Fact.Publisher fact) {
    Publisher publisher = publishers.get(broadcastId);
    if (publisher == null || !fact.connected()) {
      return;
    }
    if (fact.publication().equals(publisher.publicationId())) {
      onTimeline.put(broadcastId, fact.publication());
    } else if (publisher.publicationId().equals(onTimeline.get(broadcastId))) {
      publisher.stop(CloseReason.SUPERSEDED, false);
    }
  }

  /** Forgets the eldest. */
  private static final class NewestOf<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;
    private final int count;

    NewestOf(int count) {
      this.count = count;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > count;
    }
  }

  private static boolean hasKey(BroadcastIntent intent, Publisher publisher) {
    return intent.streamKeys().stream()
        .anyMatch(key -> key.keyId().equals(publisher.granted().keyId()));
  }
}
