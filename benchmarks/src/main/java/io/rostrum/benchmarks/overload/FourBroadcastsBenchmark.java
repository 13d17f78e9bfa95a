package io.rostrum.benchmarks.overload;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.ingest.Clip;
import io.rostrum.benchmarks.ingest.Publisher;
import io.rostrum.benchmarks.ingest.RostrumTarget;
import io.rostrum.benchmarks.latency.TranscodeServer;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.health.HealthReport;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bytedeco.javacpp.Loader;

/**
 * Four broadcasts of 1080p30 at once, each with the whole ladder: more than two cores encode. What
 * is passed through must not be late for it, health must say what is left out, and every recording
 * must be whole when all is done. Codec children are niced as the transcoder does by default.
 */
public final class FourBroadcastsBenchmark implements Benchmark {
  private static final int BROADCASTS = 4;
  private static final int SECONDS = Integer.getInteger("rostrum.bench.four.seconds", 60);
  private static final int LOOP_SECONDS = 10;
  private static final int MOST_MS = 500;

  /** The first segment waits for the ladder, and JVMs compile what is hot. */
  private static final long WARM_UP_MS = 12_000;

  private static final Duration POLL = Duration.ofMillis(50);
  private static final long DRAIN_NANOS = TimeUnit.MINUTES.toNanos(5);

  @Override
  public String name() {
    return "four-broadcasts";
  }

  @Override
  public String question() {
    return "four 1080p30 broadcasts at once: latency of what is passed through, and whole recordings";
  }

  @Override
  public Report run() throws Exception {
    Path folder = Files.createTempDirectory("rostrum-bench-four-");
    Path file = folder.resolve("clip.flv");
    try {
      makeClip(folder.resolve("loop.flv"), file);
      Clip clip = Clip.read(file);
      try (RostrumTarget ingest = RostrumTarget.start(BROADCASTS);
          TranscodeServer transcode = TranscodeServer.start(ingest.bootstrapServers())) {
        return new Run(clip, ingest).measure();
      }
    } finally {
      Files.deleteIfExists(folder.resolve("loop.flv"));
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void makeClip(Path loop, Path clip) throws IOException, InterruptedException {
    ffmpeg(
        "-f lavfi -i testsrc2=size=1920x1080:rate=30,noise=alls=6:allf=t -f lavfi -i"
            + " sine=frequency=440:sample_rate=48000 -t "
            + LOOP_SECONDS
            + " -c:v libx264 -preset veryfast -tune zerolatency -g 60 -keyint_min 60 -sc_threshold 0"
            + " -b:v 4500k -maxrate 4500k -bufsize 4500k -pix_fmt yuv420p -c:a aac -b:a 128k -ac 2"
            + " -f flv "
            + loop);
    ffmpeg(
        "-stream_loop "
            + (SECONDS / LOOP_SECONDS)
            + " -i "
            + loop
            + " -t "
            + SECONDS
            + " -c copy -f flv "
            + clip);
  }

  private static void ffmpeg(String arguments) throws IOException, InterruptedException {
    Path program = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    List<String> command = new ArrayList<>(List.of(program.toString(), "-nostdin", "-v", "error"));
    command.addAll(List.of(("-y " + arguments).split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("LD_LIBRARY_PATH", program.getParent().toString());
    Process process = builder.start();
    if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("the clip could not be made: " + String.join(" ", command));
    }
  }

  /** One measurement. */
  private static final class Run {
    private final Clip clip;
    private final RostrumTarget ingest;
    private final List<SentFrames> video = new ArrayList<>();
    private final List<SentFrames> audio = new ArrayList<>();
    private final Map<String, BroadcastIntent> intents = new HashMap<>();
    private final Map<String, Observed> observed = new TreeMap<>();

    Run(Clip clip, RostrumTarget ingest) {
      this.clip = clip;
      this.ingest = ingest;
      for (int i = 0; i < BROADCASTS; i++) {
        video.add(new SentFrames());
        audio.add(new SentFrames());
      }
    }

    Report measure() throws Exception {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try (KafkaConsumer<String, byte[]> consumer = consumer()) {
        while (intents.size() < BROADCASTS) {
          poll(consumer);
        }
        Future<Long> publishing = thread.submit(this::publish);
        while (!publishing.isDone()) {
          poll(consumer);
        }
        long lateMs = publishing.get();
        endAll();
        all()
            .forEach(
                (name, ms) ->
                    System.err.printf(
                        "%s: p50 %.0f, p99 %.0f ms; waiting for whole recordings%n",
                        name, percentile(ms, 50), percentile(ms, 99)));
        long end = System.nanoTime() + DRAIN_NANOS;
        while (System.nanoTime() < end && !observed.values().stream().allMatch(Observed::isWhole)) {
          poll(consumer);
        }
        return report(lateMs);
      } finally {
        thread.shutdownNow();
      }
    }

    private KafkaConsumer<String, byte[]> consumer() {
      KafkaConsumer<String, byte[]> consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", ingest.bootstrapServers()),
              new StringDeserializer(),
              new ByteArrayDeserializer());
      List<TopicPartition> partitions = new ArrayList<>();
      for (Topic topic :
          List.of(Topic.BROADCASTS, Topic.SOURCE, Topic.MEDIA, Topic.TIMELINE, Topic.HEALTH)) {
        for (int i = 0; i < Topic.PARTITIONS; i++) {
          partitions.add(new TopicPartition(topic.topicName(), i));
        }
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return consumer;
    }

    private void poll(KafkaConsumer<String, byte[]> consumer) {
      var records = consumer.poll(POLL);
      long now = System.nanoTime();
      for (ConsumerRecord<String, byte[]> record : records) {
        if (record.topic().equals(Topic.BROADCASTS.topicName())) {
          intents.put(record.key(), BroadcastIntent.parse(record.value()));
        } else if (record.topic().equals(Topic.SOURCE.topicName())) {
          if (SourceRecord.parse(record.value()) instanceof SourceRecord.PublicationStart start) {
            observe(record.key(), start.keyId());
          }
        } else {
          take(record, now);
        }
      }
    }

    private void observe(String broadcast, String keyId) {
      for (int i = 0; i < BROADCASTS; i++) {
        if (ingest.keys().get(i).contains(keyId)) {
          observed.put(broadcast, new Observed(video.get(i), audio.get(i), WARM_UP_MS));
        }
      }
    }

    private void take(ConsumerRecord<String, byte[]> record, long now) {
      Observed of = observed.get(record.key());
      if (of == null) {
        return;
      }
      if (record.topic().equals(Topic.MEDIA.topicName())) {
        of.part(MediaPart.parse(record.value()), now);
      } else if (record.topic().equals(Topic.TIMELINE.topicName())) {
        of.fact(TimelineRecord.parse(record.value()), now);
      } else {
        of.health(HealthReport.parse(record.value()));
      }
    }

    /** Returns by how much a publisher fell behind its own time at the worst, in milliseconds. */
    private long publish() throws IOException, InterruptedException {
      Map<Publisher, Long> ends = new HashMap<>();
      for (int i = 0; i < BROADCASTS; i++) {
        SentFrames pictures = video.get(i);
        SentFrames sound = audio.get(i);
        Publisher publisher =
            new Publisher(
                ingest.rtmpPort(),
                ingest.app(),
                ingest.keys().get(i),
                clip,
                message -> {
                  if (message.frame()) {
                    (message.video() ? pictures : sound).add(message);
                  }
                });
        // Not in step: real ones start when they like.
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300L * i);
        publisher.startAt(start);
        ends.put(publisher, start + TimeUnit.MILLISECONDS.toNanos(clip.durationMs() + 20));
      }
      long worst = 0;
      while (!ends.isEmpty()) {
        for (Publisher publisher : List.copyOf(ends.keySet())) {
          long now = System.nanoTime();
          long lateMs = publisher.sendDue(now);
          worst = Math.max(worst, lateMs);
          // Only its leaving tells how long its last frames are shown: it goes with them.
          if (now >= ends.get(publisher) && lateMs == 0) {
            publisher.close();
            ends.remove(publisher);
          }
        }
        // Pacing is what this loop is for; nothing is waited for here.
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return worst;
    }

    private void endAll() {
      try (KafkaProducer<String, byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", ingest.bootstrapServers(), "acks", "all"),
              new StringSerializer(),
              new ByteArraySerializer())) {
        intents.forEach(
            (id, intent) ->
                producer.send(
                    new ProducerRecord<>(
                        Topic.BROADCASTS.topicName(), id, ended(intent).toBytes())));
      }
    }

    private static BroadcastIntent ended(BroadcastIntent intent) {
      return new BroadcastIntent(
          intent.id(),
          intent.revision() + 1,
          intent.title(),
          intent.audience(),
          intent.streamKeys(),
          intent.takeover(),
          intent.autoEnd(),
          intent.liveWindowSeconds(),
          intent.startsAt(),
          intent.cancelled(),
          Instant.now());
    }

    /** Latencies of all broadcasts together, by rendition. */
    private Map<String, List<Double>> all() {
      Map<String, List<Double>> all = new TreeMap<>();
      observed
          .values()
          .forEach(
              each ->
                  each.latenciesMs()
                      .forEach(
                          (name, ms) ->
                              all.computeIfAbsent(name, none -> new ArrayList<>()).addAll(ms)));
      return all;
    }

    private Report report(long lateMs) {
      Report report =
          new Report(
              "Four broadcasts of 1080p30 + AAC at once, publisher's socket to media topic, ms",
              "broadcast",
              "source p50",
              "source p99",
              "audio p50",
              "audio p99",
              "latest at s",
              "segments",
              "gaps live",
              "reports of deferral",
              "whole",
              "s after the end");
      Set<String> warnings = new TreeSet<>();
      int number = 1;
      for (Observed each : observed.values()) {
        warnings.addAll(each.warnings());
        String gaps =
            each.gaps().entrySet().stream()
                .filter(gap -> gap.getValue() > 0)
                .map(gap -> gap.getKey() + ":" + gap.getValue())
                .collect(Collectors.joining(" "));
        report.row(
            Integer.toString(number++),
            percentile(each.latenciesMs().get("source"), 50),
            percentile(each.latenciesMs().get("source"), 99),
            percentile(each.latenciesMs().get("audio"), 50),
            percentile(each.latenciesMs().get("audio"), 99),
            each.latestAtMs() / 1000.0,
            each.segments(),
            gaps.isEmpty() ? "-" : gaps,
            each.deferredReports(),
            each.isWhole() ? "yes" : "NO",
            each.secondsUntilWhole());
      }
      all()
          .forEach(
              (name, ms) ->
                  report.note(
                      "%s of all: p50 %.0f, p99 %.0f, most %.0f ms; p99 of at most %d ms is wanted: %s",
                      name,
                      percentile(ms, 50),
                      percentile(ms, 99),
                      percentile(ms, 100),
                      MOST_MS,
                      percentile(ms, 99) <= MOST_MS ? "kept" : "NOT KEPT"));
      report.note("warnings in health: %s", String.join(", ", warnings));
      report.note("the publishers fell behind by %d ms at most", lateMs);
      return report;
    }

    private static double percentile(List<Double> values, double percent) {
      return values == null || values.isEmpty()
          ? Double.NaN
          : Spread.percentile(
              values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), percent);
    }
  }
}
