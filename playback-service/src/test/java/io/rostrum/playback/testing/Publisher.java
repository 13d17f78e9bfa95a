package io.rostrum.playback.testing;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what the catalog and transcode write, to the real Kafka and the real object store. */
public final class Publisher implements AutoCloseable {
  private final KafkaProducer<String, byte[]> plain;
  private final KafkaProducer<String, byte[]> transactional;
  private final MinioClient objects;
  private final String bucket;

  public Publisher(
      String bootstrapServers, String endpoint, String accessKey, String secretKey, String bucket) {
    this.plain = producer(bootstrapServers, null);
    this.transactional = producer(bootstrapServers, "test-" + UUID.randomUUID());
    transactional.initTransactions();
    this.objects =
        MinioClient.builder()
            .endpoint(endpoint)
            .credentials(accessKey, secretKey)
            .region("us-east-1")
            .build();
    this.bucket = bucket;
  }

  private static KafkaProducer<String, byte[]> producer(String servers, String transactionalId) {
    Properties config = new Properties();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
    if (transactionalId != null) {
      config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    }
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  public void intent(String id, Audience audience, long revision) {
    BroadcastIntent intent =
        new BroadcastIntent(
            id, revision, "Test", audience, List.of(), true, null, 0, null, false, null);
    send(Topic.BROADCASTS, id, intent.toBytes());
  }

  public void publicIntent(String id) {
    intent(id, new Audience(List.of(new Audience.Rule(Audience.Kind.PUBLIC, null))), 1);
  }

  public void delete(String id) {
    send(Topic.BROADCASTS, id, null);
  }

  /** One transaction, as transcode writes them. */
  public void facts(TimelineRecord... records) {
    transactional.beginTransaction();
    write(records);
    transactional.commitTransaction();
  }

  /** What a fenced owner leaves behind. */
  public void abortedFacts(TimelineRecord... records) {
    transactional.beginTransaction();
    write(records);
    transactional.flush();
    transactional.abortTransaction();
  }

  private void write(TimelineRecord... records) {
    for (TimelineRecord record : records) {
      transactional.send(
          new ProducerRecord<>(Topic.TIMELINE.topicName(), record.broadcast(), record.toBytes()));
    }
  }

  public void parts(String id, List<MediaPart> parts) {
    parts.forEach(part -> send(Topic.MEDIA, id, part.toBytes()));
  }

  private void send(Topic topic, String key, byte[] value) {
    Future<?> sent = plain.send(new ProducerRecord<>(topic.topicName(), key, value));
    try {
      sent.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  public void object(String key, byte[] bytes) {
    try {
      objects.putObject(
          PutObjectArgs.builder().bucket(bucket).object(key).stream(
                  new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
              .build());
    } catch (MinioException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    plain.close();
    transactional.close();
  }
}
