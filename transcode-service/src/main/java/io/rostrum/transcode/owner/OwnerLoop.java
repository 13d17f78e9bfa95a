package io.rostrum.transcode.owner;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.transcode.broadcast.Listening;
import io.rostrum.transcode.broadcast.Services;
import io.rostrum.transcode.config.TranscodeConfig;
import io.rostrum.transcode.health.TranscodeMetrics;
import io.rostrum.transcode.intent.Intents;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.revision.RevisionQueue;
import io.rostrum.transcode.store.Spool;
import io.rostrum.transcode.store.Uploads;
import io.rostrum.transcode.storyboard.StoryboardRules;
import io.rostrum.transcode.timeline.TimelineArchive;
import io.rostrum.transcode.timeline.TimelineReader;
import io.rostrum.transcode.worker.RungHeaders;
import io.rostrum.transcode.worker.WorkerCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.jboss.logging.Logger;

/**
 * One life of an instance: from joining the group until something goes wrong with Kafka or the
 * service stops. Everything is made in the constructor and dropped in {@link #close}; there is
 * nothing to repair in between.
 */
final class OwnerLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OwnerLoop.class);

  /** How long a poll waits: replies of codec children wait as long at most. */
  private static final Duration BUSY_POLL = Duration.ofMillis(5);

  private static final Duration IDLE_POLL = Duration.ofMillis(100);
  private static final long TICK_NANOS = Duration.ofMillis(200).toNanos();

  private final TranscodeMetrics metrics;
  private final OwnerQueue queue = new OwnerQueue();
  private final Map<Integer, OwnedPartition> owned = new HashMap<>();
  private final KafkaClients clients;
  private final KafkaConsumer<String, byte[]> source;
  private final SourceContact contact;
  private final PartitionReader reader;
  private final HealthSender health;
  private final Intents intents;
  private final Services services;
  private final RevisionQueue revisions;
  private long lastTickNanos;
  private volatile boolean ready;

  OwnerLoop(
      String bootstrapServers,
      TranscodeConfig config,
      Uploads uploads,
      LadderFactory ladders,
      WorkerCommand workerCommand,
      TranscodeMetrics metrics) {
    this.metrics = metrics;
    clients = new KafkaClients(bootstrapServers, config.group(), config.sessionTimeout());
    source = clients.source();
    contact = new SourceContact(source);
    reader = new PartitionReader(clients.committed());
    health = new HealthSender(clients.health(), config.node(), metrics);
    intents = new Intents(clients.committed());
    services =
        new Services(
            config,
            ladders,
            workerCommand,
            limits(config.segmentTimeout()),
            new RungHeaders(),
            StoryboardRules.of(config.storyboard()),
            uploads,
            new Spool(config.spool()),
            new TimelineArchive(new TimelineReader(clients::committed), uploads),
            metrics,
            queue);
    revisions =
        new RevisionQueue(
            uploads.store(),
            ladders,
            workerCommand.behind(config.revisionPrefix()),
            limits(config.revisionSegmentTimeout()));
  }

  private static WorkerLimits limits(Duration segmentTimeout) {
    return new WorkerLimits(
        WorkerLimits.DEFAULT.maxPixels(),
        WorkerLimits.DEFAULT.maxFramesPerSegment(),
        WorkerLimits.DEFAULT.maxSegmentBytes(),
        (int) segmentTimeout.toMillis());
  }

  /** Whether intents are known and partitions are assigned. */
  boolean isReady() {
    return ready;
  }

  /**
   * Works until {@code stopped}, in the calling thread.
   *
   * @throws RuntimeException if Kafka is away or ownership was lost: make a new loop
   */
  void run(java.util.function.BooleanSupplier stopped) {
    Thread reading = new Thread(intents, "intents");
    reading.setDaemon(true);
    reading.start();
    source.subscribe(List.of(Topic.SOURCE.topicName()), new Rebalance());
    while (!stopped.getAsBoolean()) {
      boolean busy = owned.values().stream().anyMatch(partition -> partition.broadcasts() > 0);
      var records = source.poll(busy || !queue.isEmpty() ? BUSY_POLL : IDLE_POLL);
      boolean due = System.nanoTime() - lastTickNanos >= TICK_NANOS;
      if (due) {
        listen();
      }
      queue.drain();
      for (ConsumerRecord<String, byte[]> record : records) {
        accept(record);
        queue.drain();
      }
      if (due) {
        tick();
      }
      if (intents.failure() != null) {
        throw new IllegalStateException("broadcasts can no longer be read", intents.failure());
      }
    }
  }

  @Override
  public void close() {
    ready = false;
    intents.close();
    owned.values().forEach(OwnedPartition::close);
    owned.clear();
    revisions.close();
    health.close();
    reader.close();
    source.close(Duration.ofSeconds(2));
    metrics.broadcasts(0);
  }

  private void accept(ConsumerRecord<String, byte[]> record) {
    OwnedPartition partition = owned.get(record.partition());
    if (partition == null) {
      return; // Revoked while the records of this poll were waiting.
    }
    try {
      partition.accept(
          record.key(), record.value(), record.offset(), Instant.ofEpochMilli(record.timestamp()));
    } catch (ContractException e) {
      metrics.malformed();
      LOG.errorf(
          "Source record skipped: partition=%d offset=%d error=%s",
          record.partition(), record.offset(), e.getMessage());
      partition.skip(record.offset());
    }
  }

  private void listen() {
    lastTickNanos = System.nanoTime();
    if (!owned.isEmpty()) {
      contact.look();
      owned.values().forEach(partition -> partition.listening(listening(partition)));
    }
  }

  private void tick() {
    ready = intents.isComplete() && source.assignment().size() == owned.size() && !owned.isEmpty();
    if (!intents.isComplete()) {
      return;
    }
    for (String broadcast : intents.endRequested()) {
      OwnedPartition partition = owned.get(partitionOf(broadcast));
      if (partition != null && listening(partition).caughtUp()) {
        partition.attend(broadcast);
      }
    }
    for (OwnedPartition partition : owned.values()) {
      partition.tick(intents, listening(partition), Instant.now());
      throttle(partition);
    }
    revisions.room(owned.values().stream().noneMatch(OwnedPartition::lacksProcessor));
    health.tick(owned.values(), intents);
    metrics.broadcasts(owned.values().stream().mapToInt(OwnedPartition::broadcasts).sum());
  }

  private Listening listening(OwnedPartition partition) {
    return contact.listening(sourcePartition(partition.partition()));
  }

  private void throttle(OwnedPartition partition) {
    Set<TopicPartition> one = Set.of(sourcePartition(partition.partition()));
    if (partition.isBehind()) {
      source.pause(one);
    } else {
      source.resume(one);
    }
  }

  /** The partition that every producer with Kafka's own partitioner puts a broadcast in. */
  private static int partitionOf(String broadcast) {
    byte[] key = broadcast.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % Topic.PARTITIONS;
  }

  private static TopicPartition sourcePartition(int partition) {
    return new TopicPartition(Topic.SOURCE.topicName(), partition);
  }

  /** Called by the consumer inside {@code poll}, in the loop's thread. */
  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      Set<Integer> numbers =
          partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
      if (numbers.isEmpty()) {
        return;
      }
      Map<Integer, CheckpointLog> checkpoints = new HashMap<>();
      numbers.forEach(number -> checkpoints.put(number, new CheckpointLog()));
      reader.read(checkpoints);
      List<OwnedPartition> added = new ArrayList<>();
      for (TopicPartition partition : partitions) {
        OwnedPartition now =
            new OwnedPartition(
                partition,
                source.position(partition),
                checkpoints.get(partition.partition()),
                clients,
                reader,
                source::groupMetadata,
                services,
                revisions);
        added.add(now);
        owned.put(partition.partition(), now);
      }
      added.forEach(OwnedPartition::restore);
      LOG.infof("Partitions assigned: partitions=%d", numbers.size());
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      drop(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      drop(partitions);
    }

    private void drop(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        OwnedPartition gone = owned.remove(partition.partition());
        if (gone != null) {
          gone.close();
        }
      }
      LOG.infof("Partitions given up: partitions=%d", partitions.size());
    }
  }
}
