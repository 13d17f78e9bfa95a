package io.rostrum.benchmarks.encoding;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.latency.TranscodeServer;
import io.rostrum.benchmarks.process.JavaHeap;
import io.rostrum.benchmarks.process.Usage;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.localstack.test.KafkaProcess;
import io.rostrum.media.MalformedMediaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Whether memory stays what it is over a long broadcast: two hours of a talk, fed to
 * transcode-service as fast as it takes them, in a small picture with one rung so that they pass in
 * minutes. Samples are taken at equal steps of media time; what counts is how the last quarter of
 * them compares with the second one, when caches are full and hot code is compiled. Then short
 * broadcasts one after the other, and what is left of each.
 */
public final class TwoHoursBenchmark implements Benchmark {
  private static final int MINUTES = Integer.getInteger("rostrum.bench.two-hours.minutes", 120);
  private static final int SHORT_BROADCASTS = 5;
  private static final int SHORT_SEGMENTS = 30;
  private static final int CLIP_SECONDS = 3 * EndlessTalk.SEGMENT_SECONDS;
  private static final int SEGMENTS = MINUTES * 60 / EndlessTalk.SEGMENT_SECONDS;
  private static final int SAMPLES = 40;
  private static final int SEGMENTS_AHEAD = 6;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long STALL_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final double MIB = 1024 * 1024;

  /** What comes faster than it can be encoded is to be encoded all the same. */
  /** Without children that wait: the run waits until none is left. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ROSTRUM_TRANSCODE_RUNGS", "240p",
          "ROSTRUM_TRANSCODE_DEFER_AFTER", "10m",
          "ROSTRUM_TRANSCODE_SPARE_WORKERS", "false");

  /**
   * @param heapBytes live, after a collection
   * @param serviceBytes resident, before it
   * @param childBytes resident, of all codec children
   */
  private record Sample(long heapBytes, long serviceBytes, long childBytes) {}

  @Override
  public String name() {
    return "two-hours";
  }

  @Override
  public String question() {
    return "memory of transcode-service and its children over a long broadcast, accelerated";
  }

  @Override
  public Report run() throws Exception {
    Path file = Files.createTempFile("rostrum-bench-", ".flv");
    try (KafkaProcess kafka = KafkaProcess.start();
        TranscodeServer transcode = TranscodeServer.start(kafka.bootstrapServers(), SETTINGS);
        KafkaProducer<String, byte[]> producer = producer(kafka.bootstrapServers());
        KafkaConsumer<String, byte[]> timeline = timeline(kafka.bootstrapServers())) {
      Talk.makeSmall(file, CLIP_SECONDS);
      Feed feed = new Feed(Talk.read(file), transcode.pid(), producer, timeline);
      List<Sample> samples = new ArrayList<>();
      long start = System.nanoTime();
      feed.broadcast(SEGMENTS, samples);
      double speed = MINUTES * 60 / ((System.nanoTime() - start) / 1e9);
      Report report = report(samples, speed);
      left(report, "the long broadcast", transcode.pid());
      for (int i = 1; i <= SHORT_BROADCASTS; i++) {
        feed.broadcast(SHORT_SEGMENTS, null);
        left(report, "short broadcast " + i, transcode.pid());
      }
      return report;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Broadcasts one after the other, each fed as fast as its segments are closed.
   *
   * @param pid of the service
   * @param timeline reads all timelines
   */
  private record Feed(
      Talk talk,
      long pid,
      KafkaProducer<String, byte[]> producer,
      KafkaConsumer<String, byte[]> timeline) {

    /**
     * @param samples gets {@link #SAMPLES} of them; null for none
     */
    void broadcast(int segments, List<Sample> samples)
        throws IOException, InterruptedException, MalformedMediaException {
      EndlessTalk endless = new EndlessTalk(talk);
      String broadcast = Ids.newBroadcastId();
      send(producer, Topic.BROADCASTS, broadcast, intent(broadcast).toBytes());
      send(producer, broadcast, endless.start());
      long closed = 0;
      for (int sent = 0; sent < segments; sent++) {
        for (SourceRecord record : endless.segment()) {
          send(producer, broadcast, record);
        }
        closed = awaitClosed(broadcast, closed, sent + 1L - SEGMENTS_AHEAD);
        if (samples != null && closed * SAMPLES / segments > samples.size()) {
          samples.add(sample(pid, closed * EndlessTalk.SEGMENT_SECONDS / 60));
        }
      }
      send(producer, broadcast, endless.end());
      producer.flush();
      awaitClosed(broadcast, closed, segments);
    }

    /** Takes facts until so many segments are closed; returns how many are. */
    private long awaitClosed(String broadcast, long closed, long wanted) throws IOException {
      long now = closed;
      long end = System.nanoTime() + STALL_NANOS;
      while (now < wanted) {
        for (var record : timeline.poll(POLL)) {
          if (record.key().equals(broadcast)
              && TimelineRecord.parse(record.value()).fact() instanceof Fact.Close close) {
            now = close.msn() + 1;
            end = System.nanoTime() + STALL_NANOS;
            if (close.renditions().values().stream().anyMatch(each -> each.gap() != null)) {
              throw new IOException("segment " + close.msn() + " has a gap: " + close.renditions());
            }
          }
        }
        if (System.nanoTime() > end) {
          throw new IOException("no segment was closed for two minutes, after " + now);
        }
      }
      return now;
    }
  }

  private static Sample sample(long pid, long minute) throws IOException, InterruptedException {
    long family = Usage.of(pid).residentBytes();
    long service = Usage.residentBytes(pid);
    long heap = JavaHeap.liveBytes(pid);
    System.err.printf(
        "%d of %d min: heap %.0f MiB, service %.0f MiB, children %.0f MiB%n",
        minute, MINUTES, heap / MIB, service / MIB, (family - service) / MIB);
    return new Sample(heap, service, family - service);
  }

  /** Waits until a broadcast's children are gone, and notes what the service has then. */
  private static void left(Report report, String behind, long pid)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (ProcessHandle.of(pid).orElseThrow().descendants().findAny().isPresent()) {
      if (System.nanoTime() - start > STALL_NANOS) {
        throw new IOException("codec children live two minutes after their broadcast's end");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    report.note(
        "behind %s: children gone after %.1f s, the service has %.0f MiB resident, heap %.0f MiB",
        behind, seconds, Usage.residentBytes(pid) / MIB, JavaHeap.liveBytes(pid) / MIB);
  }

  private static Report report(List<Sample> samples, double speed) {
    Report report =
        new Report(
            "Memory over %d min of media, MiB".formatted(MINUTES),
            "what",
            "first quarter",
            "second quarter",
            "last quarter",
            "most",
            "MiB per hour of media");
    row(report, "heap after a collection", samples, Sample::heapBytes);
    row(report, "service, resident", samples, Sample::serviceBytes);
    row(report, "codec children, resident", samples, Sample::childBytes);
    report.note(
        "medians of %d samples; the slope is from the second quarter to the last", samples.size());
    report.note("fed at %.1f times real time", speed);
    return report;
  }

  private static void row(
      Report report, String what, List<Sample> samples, ToDoubleFunction<Sample> bytes) {
    int quarter = samples.size() / 4;
    double[] medians = new double[4];
    for (int i = 0; i < 4; i++) {
      medians[i] = median(samples.subList(i * quarter, (i + 1) * quarter), bytes);
    }
    double hours = MINUTES / 60.0 / 2;
    report.row(
        what,
        medians[0],
        medians[1],
        medians[3],
        samples.stream().mapToDouble(bytes).max().orElse(0) / MIB,
        (medians[3] - medians[1]) / hours);
  }

  private static double median(List<Sample> samples, ToDoubleFunction<Sample> bytes) {
    return Spread.of(samples.stream().map(each -> bytes.applyAsDouble(each) / MIB).toList())
        .median();
  }

  private static BroadcastIntent intent(String id) {
    return new BroadcastIntent(
        id, 1, "Two hours", Audience.signedIn(), List.of(), true, null, 0, null, false, null);
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, String broadcast, SourceRecord record) {
    send(producer, Topic.SOURCE, broadcast, record.toBytes());
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, Topic topic, String broadcast, byte[] value) {
    producer.send(new ProducerRecord<>(topic.topicName(), broadcast, value));
  }

  private static KafkaProducer<String, byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            Topic.MAX_RECORD_BYTES),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static KafkaConsumer<String, byte[]> timeline(String bootstrapServers) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < Topic.PARTITIONS; i++) {
      partitions.add(new TopicPartition(Topic.TIMELINE.topicName(), i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }
}
