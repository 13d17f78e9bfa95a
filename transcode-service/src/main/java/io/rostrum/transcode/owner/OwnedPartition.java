package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.transcode.broadcast.BroadcastPipeline;
import io.rostrum.transcode.broadcast.Outlet;
import io.rostrum.transcode.broadcast.Services;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.intent.Intents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * A partition of the source while this instance owns it, with all broadcasts in it. The owner
 * loop's thread only.
 */
final class OwnedPartition implements Outlet, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OwnedPartition.class);

  private final TopicPartition source;
  private final KafkaClients clients;
  private final PartitionReader reader;
  private final MediaSender media;
  private final Supplier<ConsumerGroupMetadata> group;
  private final Services services;
  private final Map<String, BroadcastPipeline> pipelines = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private KafkaProducer<String, byte[]> producer;
  private long nextOffset;

  /**
   * @param nextOffset the source record to go on with
   */
  OwnedPartition(
      TopicPartition source,
      long nextOffset,
      KafkaClients clients,
      PartitionReader reader,
      MediaSender media,
      Supplier<ConsumerGroupMetadata> group,
      Services services) {
    this.source = source;
    this.nextOffset = nextOffset;
    this.clients = clients;
    this.reader = reader;
    this.media = media;
    this.group = group;
    this.services = services;
  }

  /** Takes over what the checkpoints tell of. */
  void restore(Map<String, Checkpoint> checkpoints) {
    checkpoints.forEach(
        (broadcast, checkpoint) -> {
          if (checkpoint.finished()) {
            finished.add(broadcast);
          } else {
            start(broadcast, checkpoint);
          }
        });
  }

  /** Takes a source record. */
  void accept(String broadcast, byte[] value, long offset, Instant at) {
    if (!finished.contains(broadcast)) {
      SourceRecord record = SourceRecord.parse(value);
      BroadcastPipeline pipeline = pipelines.get(broadcast);
      if (pipeline == null && record instanceof SourceRecord.PublicationStart) {
        pipeline =
            start(broadcast, Checkpoint.start(offset, reader.end(Topic.TIMELINE, partition())));
      }
      if (pipeline != null) {
        pipeline.accept(record, offset, at);
      }
    }
    nextOffset = offset + 1;
  }

  /** Skips a record that cannot be understood. */
  void skip(long offset) {
    nextOffset = offset + 1;
  }

  /** What follows from time and intents. */
  void tick(Intents intents, boolean caughtUp, Instant now) {
    for (BroadcastPipeline pipeline : List.copyOf(pipelines.values())) {
      if (intents.isDeleted(pipeline.id())) {
        forget(pipeline.id());
      } else {
        pipeline.tick(intents.get(pipeline.id()), caughtUp, nextOffset, now);
      }
      if (pipeline.isFinished() || pipeline.isFailed()) {
        pipelines.remove(pipeline.id());
        pipeline.close();
        finished.add(pipeline.id());
      }
    }
  }

  /**
   * Makes sure that a broadcast whose end is wanted is looked at, even if nobody ever published to
   * it.
   */
  void attend(String broadcast) {
    if (!finished.contains(broadcast) && !pipelines.containsKey(broadcast)) {
      start(broadcast, Checkpoint.start(nextOffset, reader.end(Topic.TIMELINE, partition())));
    }
  }

  /** Whether reading must pause. */
  boolean isBehind() {
    return pipelines.values().stream().anyMatch(BroadcastPipeline::isBehind);
  }

  int broadcasts() {
    return pipelines.size();
  }

  /** Those of its broadcasts that have not ended. */
  List<BroadcastPipeline> live() {
    return pipelines.values().stream().filter(BroadcastPipeline::isLive).toList();
  }

  @Override
  public int partition() {
    return source.partition();
  }

  @Override
  public long mediaOffset() {
    return media.nextOffset(partition(), () -> reader.end(Topic.MEDIA, partition()));
  }

  @Override
  public void send(String broadcast, MediaPart part) {
    media.send(partition(), broadcast, part);
  }

  @Override
  public void flush() {
    media.flush();
  }

  @Override
  public void commit(
      String broadcast, long epoch, long firstSeq, List<Fact> facts, Checkpoint checkpoint) {
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    long seq = firstSeq;
    Instant now = Instant.now();
    for (Fact fact : facts) {
      records.add(
          record(
              Topic.TIMELINE,
              broadcast,
              new TimelineRecord(broadcast, seq++, epoch, now, fact).toBytes()));
    }
    records.add(record(Topic.CHECKPOINTS, broadcast, checkpoint.toBytes()));
    commit(records);
  }

  @Override
  public void close() {
    pipelines.values().forEach(BroadcastPipeline::close);
    pipelines.clear();
    if (producer != null) {
      producer.close(java.time.Duration.ZERO);
    }
  }

  private void forget(String broadcast) {
    LOG.infof("Broadcast deleted: broadcast=%s", broadcast);
    pipelines.remove(broadcast).close();
    finished.add(broadcast);
    commit(List.of(record(Topic.CHECKPOINTS, broadcast, null)));
  }

  private void commit(List<ProducerRecord<String, byte[]>> records) {
    try {
      KafkaProducer<String, byte[]> facts = producer();
      facts.beginTransaction();
      records.forEach(facts::send);
      facts.sendOffsetsToTransaction(
          Map.of(source, new OffsetAndMetadata(lowWaterOffset())), group.get());
      facts.commitTransaction();
    } catch (IllegalStateException e) {
      // How the client says that an earlier error has made its transactions unusable.
      throw new KafkaException("the transaction cannot go on", e);
    }
  }

  private long lowWaterOffset() {
    return pipelines.values().stream()
        .mapToLong(BroadcastPipeline::lowWaterOffset)
        .reduce(nextOffset, Math::min);
  }

  private BroadcastPipeline start(String broadcast, Checkpoint checkpoint) {
    try {
      BroadcastPipeline pipeline = new BroadcastPipeline(broadcast, checkpoint, this, services);
      pipelines.put(broadcast, pipeline);
      LOG.infof(
          "Broadcast taken over: broadcast=%s partition=%d epoch=%d resumeOffset=%d closedMsn=%d",
          broadcast,
          partition(),
          checkpoint.epoch() + 1,
          checkpoint.resume().sourceOffset(),
          checkpoint.closedMsn());
      return pipeline;
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("checkpoint of " + broadcast + " cannot be used", e);
    }
  }

  /**
   * Made on first use, since most partitions are idle; its first act ends the transactions of the
   * owner before.
   */
  private KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = clients.facts(partition());
      producer.initTransactions();
    }
    return producer;
  }

  private ProducerRecord<String, byte[]> record(Topic topic, String broadcast, byte[] value) {
    return new ProducerRecord<>(topic.topicName(), partition(), broadcast, value);
  }
}
