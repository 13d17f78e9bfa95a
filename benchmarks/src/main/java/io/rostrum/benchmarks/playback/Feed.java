package io.rostrum.benchmarks.playback;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.Topic;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.localstack.test.S3Process;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes broadcasts as the catalog and the transcoder do: one video and one audio rendition,
 * segments of 4 s of 8 parts. Bytes of media are noise behind a time stamp.
 */
final class Feed implements AutoCloseable {
  static final int PARTS = 8;
  static final int PART_MS = 500;
  static final int SEGMENT_SECONDS = 4;
  private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  private static final String HASH = "0".repeat(64);

  private final KafkaProducer<byte[], byte[]> producer;
  private final S3Process s3;

  Feed(String bootstrapServers, S3Process s3) {
    this.s3 = s3;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topic.MAX_RECORD_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A public broadcast with nothing in it. */
  Event event(int videoPartBytes) {
    String id = Ids.newBroadcastId();
    Audience everybody = new Audience(List.of(new Audience.Rule(Audience.Kind.PUBLIC, null)));
    BroadcastIntent intent =
        new BroadcastIntent(
            id, 1, "Benchmark", everybody, List.of(), true, null, 0, null, false, null);
    send(Topic.BROADCASTS, id, intent.toBytes());
    return new Event(id, videoPartBytes);
  }

  private void send(Topic topic, String id, byte[] value) {
    producer.send(
        new ProducerRecord<>(topic.topicName(), id.getBytes(StandardCharsets.UTF_8), value));
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }

  /** One broadcast. */
  final class Event {
    private static final int AUDIO_PART_BYTES = 8_000;
    private final String id;
    private final Map<String, byte[]> payloads = new HashMap<>();
    private final List<Rendition> ladder;
    private ByteArrayOutputStream lines;
    private long seq;

    private Event(String id, int videoPartBytes) {
      this.id = id;
      long bits = 16L * videoPartBytes;
      this.ladder =
          List.of(
              new Rendition(
                  "source",
                  Rendition.Kind.VIDEO,
                  "avc1.64001f",
                  90_000,
                  bits,
                  bits,
                  1280,
                  720,
                  30,
                  45_000,
                  0,
                  0),
              new Rendition(
                  "audio",
                  Rendition.Kind.AUDIO,
                  "mp4a.40.2",
                  90_000,
                  128_000,
                  128_000,
                  0,
                  0,
                  0,
                  45_000,
                  48_000,
                  2));
      payloads.put("source", noise(videoPartBytes));
      payloads.put("audio", noise(AUDIO_PART_BYTES));
    }

    private static byte[] noise(int bytes) {
      byte[] noise = new byte[bytes];
      new java.util.Random(1).nextBytes(noise);
      return noise;
    }

    String id() {
      return id;
    }

    String path(String rest) {
      return "/hls/" + id + "/" + rest;
    }

    void open(long msn) {
      boolean first = msn == 0;
      Map<String, String> inits = Map.of("source", "initsource", "audio", "initaudio");
      fact(
          new Fact.Open(
              msn,
              false,
              0,
              START.plusSeconds(SEGMENT_SECONDS * msn),
              msn * SEGMENT_SECONDS * Fact.CLOCK_HZ,
              "publication",
              inits,
              first ? Map.of("initsource", new byte[700], "initaudio", new byte[600]) : Map.of(),
              first ? ladder : null,
              0));
    }

    /** One part of each rendition, stamped with the moment. */
    void part(long msn, int part) {
      for (Rendition rendition : ladder) {
        byte[] payload = payloads.get(rendition.name()).clone();
        ByteBuffer.wrap(payload).putLong(System.nanoTime());
        MediaPart record =
            new MediaPart(
                1,
                msn,
                part,
                rendition.name(),
                45_000,
                90_000,
                part % 4 == 0,
                ByteBuffer.wrap(payload));
        send(Topic.MEDIA, id, record.toBytes());
      }
    }

    void close(long msn) {
      Map<String, Fact.SegmentRendition> renditions = new HashMap<>();
      for (Rendition rendition : ladder) {
        long bytes = payloads.get(rendition.name()).length;
        List<Fact.Part> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
          parts.add(new Fact.Part(bytes, 45_000, i % 4 == 0));
        }
        renditions.put(
            rendition.name(),
            new Fact.SegmentRendition(
                null, SEGMENT_SECONDS * 90_000L, 90_000, PARTS * bytes, HASH, parts));
      }
      fact(new Fact.Close(msn, SEGMENT_SECONDS * (long) Fact.CLOCK_HZ, renditions));
    }

    /** A segment with all its parts at once. */
    void segment(long msn) {
      open(msn);
      for (int part = 0; part < PARTS; part++) {
        part(msn, part);
      }
      close(msn);
    }

    /** A segment of which only the timeline and the object store know. */
    void recorded(long msn) {
      open(msn);
      close(msn);
      fact(new Fact.Stored(msn, Map.of("source", key("source"), "audio", key("audio"))));
    }

    private String key(String rendition) {
      return ObjectKeys.segment(id, rendition, 0, HASH);
    }

    /**
     * From now on facts go into the finished timeline instead of the topic, as those of a broadcast
     * of which Kafka has long forgotten everything.
     */
    void toObjectStore() {
      lines = new ByteArrayOutputStream();
    }

    /** Puts the finished timeline beside the segments. */
    void finishedTimeline() throws IOException {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
        lines.writeTo(gzip);
      }
      put(ObjectKeys.finishedTimeline(id, 0), compressed.toByteArray());
    }

    private void put(String key, byte[] bytes) throws IOException {
      try (MinioClient client =
          MinioClient.builder()
              .endpoint(s3.endpoint())
              .credentials(s3.accessKey(), s3.secretKey())
              .region("us-east-1")
              .build()) {
        client.putObject(
            PutObjectArgs.builder().bucket(s3.bucket()).object(key).stream(
                    new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                .build());
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("the object store refused " + key, e);
      }
    }

    /** The one object that all recorded segments of a rendition share. */
    void objects() throws IOException {
      for (Rendition rendition : ladder) {
        byte[] part = payloads.get(rendition.name());
        ByteBuffer segment = ByteBuffer.allocate(PARTS * part.length);
        Collections.nCopies(PARTS, part).forEach(segment::put);
        put(key(rendition.name()), segment.array());
      }
    }

    void end(long segments) {
      fact(
          new Fact.End(
              Fact.End.Reason.REQUESTED,
              segments,
              segments * SEGMENT_SECONDS * Fact.CLOCK_HZ,
              START.plusSeconds(segments * SEGMENT_SECONDS)));
    }

    private void fact(Fact fact) {
      byte[] record = new TimelineRecord(id, seq++, 1, START, fact).toBytes();
      if (lines == null) {
        send(Topic.TIMELINE, id, record);
      } else {
        lines.writeBytes(record);
        lines.write('\n');
      }
    }

    /** Goes on live, in real time, from segment {@code msn} on, until it is interrupted. */
    void live(long first) {
      long next = System.nanoTime();
      try {
        for (long msn = first; ; msn++) {
          open(msn);
          for (int part = 0; part < PARTS; part++) {
            next += TimeUnit.MILLISECONDS.toNanos(PART_MS);
            TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
            part(msn, part);
          }
          close(msn);
        }
      } catch (InterruptedException expected) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
