package io.rostrum.playback.intake;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.storage.RecordedTimelines;
import io.rostrum.playback.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Reads the {@code timeline} topic.
 *
 * <p>The topic forgets after days. A broadcast of which the first facts are gone is completed from
 * its pages in the object store; until then nothing of it is shown.
 */
@ApplicationScoped
public class TimelineReader {
  private static final Logger LOG = Logger.getLogger(TimelineReader.class);
  private static final long RETRY_SECONDS = 5;

  private final Broadcasts broadcasts;
  private final RecordedTimelines recorded;
  private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
  private final Set<String> completing = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor retries = new ScheduledThreadPoolExecutor(1);

  /**
   * @param broadcasts takes the facts
   * @param recorded completes what the topic forgot
   */
  public TimelineReader(Broadcasts broadcasts, RecordedTimelines recorded) {
    this.broadcasts = broadcasts;
    this.recorded = recorded;
  }

  void stop() {
    retries.shutdownNow();
  }

  /** The partition of a broadcast, in this and every other topic; null if it has no facts here. */
  Integer partitionOf(String broadcastId) {
    return partitions.get(broadcastId);
  }

  void take(ConsumerRecords<String, byte[]> records) {
    Map<String, List<TimelineRecord>> byBroadcast = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        TimelineRecord fact = TimelineRecord.parse(record.value());
        partitions.put(fact.broadcast(), record.partition());
        byBroadcast.computeIfAbsent(fact.broadcast(), id -> new ArrayList<>()).add(fact);
      } catch (ContractException e) {
        LOG.errorf(
            "record passed over: topic=%s partition=%d offset=%d error=%s",
            record.topic(), record.partition(), record.offset(), e.getMessage());
      }
    }
    byBroadcast.forEach(this::apply);
  }

  private void apply(String id, List<TimelineRecord> facts) {
    try {
      if (broadcasts.apply(id, facts) && completing.add(id)) {
        LOG.warnf(
            "facts are missing on the topic, reading them from the object store: broadcast=%s"
                + " beforeSeq=%d",
            id, facts.get(0).seq());
        complete(id);
      }
    } catch (RuntimeException e) {
      // One broadcast that cannot be folded must not stop the others.
      LOG.errorf(e, "facts passed over: broadcast=%s firstSeq=%d", id, facts.get(0).seq());
    }
  }

  private void complete(String id) {
    recorded
        .load(id)
        .thenAccept(facts -> broadcasts.apply(id, facts))
        .whenComplete(
            (done, failure) -> {
              Broadcast broadcast = broadcasts.here(id);
              if (failure == null && broadcast != null && !broadcast.hasHole()) {
                completing.remove(id);
                LOG.infof("facts completed from the object store: broadcast=%s", id);
              } else if (!retries.isShutdown()) {
                if (failure != null) {
                  LOG.warnf(
                      "facts not completed yet: broadcast=%s error=%s",
                      id, StorageException.in(failure).getMessage());
                }
                retries.schedule(() -> complete(id), RETRY_SECONDS, TimeUnit.SECONDS);
              }
            });
  }
}
