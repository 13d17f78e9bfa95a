package io.rostrum.benchmarks.latency;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.cmaf.Fragment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the source and the media topic of one broadcast, and notes how long ago the last frame of
 * each record had left the publisher. For one thread.
 */
final class Arrivals implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int VIDEO_TRACK = 1;
  private static final int VIDEO_HZ = 90_000;

  private final KafkaConsumer<String, byte[]> consumer;
  private final SentFrames video;
  private final SentFrames audio;
  private final int videoFrameTicks;
  private final int audioFrameTicks;
  private final int audioHz;
  private final long fromMs;
  private final int slowMs;

  /** Where each track's first frame lies on the publication's clock. */
  private final Map<Integer, Long> zeroTicks = new HashMap<>();

  /** Where each kind of track's first part lies on the broadcast's media clock. */
  private final Map<Boolean, Long> zeroOfParts = new HashMap<>();

  private final Map<String, List<Double>> latenciesMs = new TreeMap<>();

  /**
   * @param videoFrameTicks how long a picture is shown, 90 kHz
   * @param audioFrameTicks samples of a frame of sound
   * @param audioHz samples per second
   * @param fromMs media time from which on records count
   * @param slowMs what takes longer is named on standard error
   */
  Arrivals(
      String bootstrapServers,
      SentFrames video,
      SentFrames audio,
      int videoFrameTicks,
      int audioFrameTicks,
      int audioHz,
      long fromMs,
      int slowMs) {
    this.video = video;
    this.audio = audio;
    this.videoFrameTicks = videoFrameTicks;
    this.audioFrameTicks = audioFrameTicks;
    this.audioHz = audioHz;
    this.fromMs = fromMs;
    this.slowMs = slowMs;
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < Topic.PARTITIONS; i++) {
      partitions.add(new TopicPartition(Topic.SOURCE.topicName(), i));
      partitions.add(new TopicPartition(Topic.MEDIA.topicName(), i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    partitions.forEach(consumer::position);
  }

  /** Takes what has come; waits a little for it. */
  void poll() throws MalformedMediaException {
    var records = consumer.poll(POLL);
    long now = System.nanoTime();
    for (ConsumerRecord<String, byte[]> record : records) {
      if (record.topic().equals(Topic.MEDIA.topicName())) {
        part(MediaPart.parse(record.value()), now);
      } else if (SourceRecord.parse(record.value()) instanceof SourceRecord.Chunk chunk) {
        boolean pictures = chunk.trackId() == VIDEO_TRACK;
        long ticks = 0;
        for (Fragment fragment : Fragment.readAll(chunk.payloadBytes())) {
          zeroTicks.putIfAbsent(chunk.trackId(), fragment.baseDecodeTimeTicks());
          ticks = fragment.endDecodeTimeTicks() - zeroTicks.get(chunk.trackId());
        }
        arrived("chunks of " + (pictures ? "video" : "audio"), pictures, ticks, now);
      }
    }
  }

  /** By what arrived, in milliseconds. */
  Map<String, List<Double>> latenciesMs() {
    return latenciesMs;
  }

  private void part(MediaPart part, long now) throws MalformedMediaException {
    boolean pictures = !part.rendition().equals("audio");
    byte[] bytes = new byte[part.payload().remaining()];
    part.payload().duplicate().get(bytes);
    for (Fragment fragment : Fragment.readAll(bytes)) {
      zeroOfParts.putIfAbsent(pictures, fragment.baseDecodeTimeTicks());
      long ticks = fragment.endDecodeTimeTicks() - zeroOfParts.get(pictures);
      arrived("parts of " + part.rendition(), pictures, ticks, now);
    }
  }

  private void arrived(String what, boolean pictures, long ticks, long now) {
    long lastMs =
        pictures
            ? (ticks - videoFrameTicks) * 1000 / VIDEO_HZ
            : (ticks - audioFrameTicks) * 1000 / audioHz;
    long sent = (pictures ? video : audio).sentNanos(lastMs);
    if (lastMs >= fromMs && sent >= 0) {
      double ms = (now - sent) / 1e6;
      latenciesMs.computeIfAbsent(what, none -> new ArrayList<>()).add(ms);
      if (ms > slowMs) {
        System.err.printf("%s until %.2f s: %.0f ms%n", what, lastMs / 1e3, ms);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
