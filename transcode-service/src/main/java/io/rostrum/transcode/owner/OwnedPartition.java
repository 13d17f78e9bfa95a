package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.transcode.broadcast.BroadcastPipeline;
import io.rostrum.transcode.broadcast.Listening;
import io.rostrum.transcode.broadcast.Outlet;
import io.rostrum.transcode.broadcast.Services;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.intent.Intents;
import io.rostrum.transcode.revision.RevisionQueue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
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
  private final Supplier<ConsumerGroupMetadata> group;
  private final Services services;
  private final Map<String, BroadcastPipeline> pipelines = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private final CheckpointLog checkpoints;
  private PartitionWriter writer;
  private final EndedBroadcasts ended;
  private long nextOffset;
  private long heardSinceNanos;
  private long lastHeardNanos = System.nanoTime();

  /**
   * @param nextOffset the source record to go on with
   * @param checkpoints as far as they were read
   */
  OwnedPartition(
      TopicPartition source,
      long nextOffset,
      CheckpointLog checkpoints,
      KafkaClients clients,
      PartitionReader reader,
      Supplier<ConsumerGroupMetadata> group,
      Services services,
      RevisionQueue revisions) {
    this.source = source;
    this.nextOffset = nextOffset;
    this.checkpoints = checkpoints;
    this.clients = clients;
    this.reader = reader;
    this.group = group;
    this.services = services;
    this.ended = new EndedBroadcasts(this, this::claim, services, revisions);
  }

  /** Takes over what an earlier owner has left unfinished; nothing happens where there is none. */
  void restore() {
    takeEnded();
    if (checkpoints.hasUnfinished()) {
      claim();
    }
  }

  private void takeEnded() {
    checkpoints
        .last()
        .forEach(
            (broadcast, checkpoint) -> {
              if (checkpoint.finished()) {
                ended.put(broadcast, checkpoint);
              }
            });
  }

  /**
   * Makes the partition this instance's own, if it is not yet. Not before it is needed: most
   * partitions are idle, and each claim costs a producer.
   *
   * <p>What was read before counts for little: a transaction of the owner before may have been on
   * its way through the broker, and is committed or aborted only now.
   */
  private void claim() {
    if (writer != null) {
      return;
    }
    writer = new PartitionWriter(source, clients.owner(partition()), group);
    reader.read(Map.of(partition(), checkpoints));
    takeEnded();
    checkpoints
        .last()
        .forEach(
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
    SourceRecord record = SourceRecord.parse(value);
    if (record instanceof SourceRecord.PublicationStart) {
      claim();
      attend(broadcast, offset);
    }
    BroadcastPipeline pipeline = pipelines.get(broadcast);
    if (pipeline != null) {
      pipeline.accept(record, offset, at);
    }
    nextOffset = offset + 1;
  }

  /** Skips a record that cannot be understood. */
  void skip(long offset) {
    nextOffset = offset + 1;
  }

  /** To be called before anything else after a wait: lateness must not be judged by it. */
  void listening(Listening listening) {
    long now = System.nanoTime();
    if (listening.sinceNanos() == heardSinceNanos) {
      lastHeardNanos = now;
    } else {
      heardSinceNanos = listening.sinceNanos();
      long missedMs = (now - lastHeardNanos) / 1_000_000;
      pipelines.values().forEach(pipeline -> pipeline.missed(missedMs));
    }
  }

  /** What follows from time and intents. */
  void tick(Intents intents, Listening listening, Instant now) {
    for (BroadcastPipeline pipeline : List.copyOf(pipelines.values())) {
      if (intents.isDeleted(pipeline.id())) {
        forget(pipeline.id());
      } else {
        pipeline.tick(intents.get(pipeline.id()), listening, nextOffset, now);
      }
      if (pipeline.isFinished() || pipeline.isFailed()) {
        pipelines.remove(pipeline.id());
        pipeline.close();
        finished.add(pipeline.id());
      }
    }
    if (writer != null && writer.isOpenTooLong()) {
      writer.commit(List.of(), lowWaterOffset());
    }
    ended.tick(intents);
  }

  /** Whether something live in it is not encoded as fast as it comes. */
  boolean lacksProcessor() {
    return pipelines.values().stream().anyMatch(BroadcastPipeline::lacksProcessor);
  }

  /**
   * Makes sure that a broadcast whose end is wanted is looked at, even if nobody ever published to
   * it.
   */
  void attend(String broadcast) {
    claim();
    attend(broadcast, nextOffset);
  }

  private void attend(String broadcast, long offset) {
    if (!finished.contains(broadcast) && !pipelines.containsKey(broadcast)) {
      start(broadcast, Checkpoint.start(offset, reader.end(Topic.TIMELINE, partition())));
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
    return writer.nextMediaOffset(() -> reader.end(Topic.MEDIA, partition()));
  }

  @Override
  public void send(String broadcast, MediaPart part) {
    writer.send(broadcast, part);
  }

  @Override
  public void commit(
      String broadcast, long epoch, long firstSeq, List<Fact> facts, Checkpoint checkpoint) {
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    long seq = firstSeq;
    Instant now = Instant.now();
    for (Fact fact : facts) {
      records.add(
          writer.record(
              Topic.TIMELINE,
              broadcast,
              new TimelineRecord(broadcast, seq++, epoch, now, fact).toBytes()));
    }
    records.add(writer.record(Topic.CHECKPOINTS, broadcast, checkpoint.toBytes()));
    long started = System.nanoTime();
    writer.commit(records, lowWaterOffset());
    services.metrics().committed(System.nanoTime() - started);
    if (checkpoint.finished()) {
      ended.put(broadcast, checkpoint);
    }
  }

  @Override
  public void close() {
    ended.close();
    pipelines.values().forEach(BroadcastPipeline::close);
    pipelines.clear();
    if (writer != null) {
      writer.close();
    }
  }

  private void forget(String broadcast) {
    LOG.infof("Broadcast deleted: broadcast=%s", broadcast);
    pipelines.remove(broadcast).close();
    finished.add(broadcast);
    writer.commit(List.of(writer.record(Topic.CHECKPOINTS, broadcast, null)), lowWaterOffset());
  }

  private long lowWaterOffset() {
    return pipelines.values().stream()
        .mapToLong(BroadcastPipeline::lowWaterOffset)
        .reduce(nextOffset, Math::min);
  }

  private void start(String broadcast, Checkpoint checkpoint) {
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
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("checkpoint of " + broadcast + " cannot be used", e);
    }
  }
}
