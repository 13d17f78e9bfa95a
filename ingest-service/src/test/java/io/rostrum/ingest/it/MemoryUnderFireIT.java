package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rostrum.contracts.Ids;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.ingest.Intents;
import io.rostrum.localstack.test.KafkaProcess;
import io.rostrum.rtmp.message.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as it is shipped, with a small heap: what strangers and a broker that is away can
 * make it hold has a bound, and publishers go on.
 */
@Tag("nightly")
class MemoryUnderFireIT {

  private static final int HEAP_MIB = 128;
  private static final int PEERS = 200;
  private static final int ATTACKERS = 8;
  private static final long MIB = 1 << 20;

  /** What a stranger may make the service hold, and what a connection costs by itself. */
  private static final long MAX_BYTES_PER_PEER = 96 * 1024;

  /** What is still held when they have gone: caches, and what the good publisher has in flight. */
  private static final long MAX_LEFT_BEHIND = 8 * MIB;

  private static final long MAX_TOTAL_IN_FLIGHT = 24 * MIB;

  @TempDir static Path folder;

  private static KafkaProcess kafka;
  private static SourceTopic topic;
  private static ServiceProcess service;
  private static Ffmpeg ffmpeg;

  @BeforeAll
  static void start() throws Exception {
    kafka = KafkaProcess.start();
    topic = new SourceTopic(kafka.bootstrapServers());
    service =
        ServiceProcess.start(
            kafka.bootstrapServers(),
            HEAP_MIB,
            Map.of(
                "ROSTRUM_INGEST_RTMP_MAX_CONNECTIONS_PER_ADDRESS",
                Integer.toString(2 * PEERS),
                "ROSTRUM_INGEST_RTMP_FIRST_MEDIA_TIMEOUT",
                "120s",
                "ROSTRUM_INGEST_RTMP_HANDSHAKE_TIMEOUT",
                "120s",
                "ROSTRUM_INGEST_SOURCE_MAX_TOTAL_IN_FLIGHT_BYTES",
                Long.toString(MAX_TOTAL_IN_FLIGHT),
                "ROSTRUM_INGEST_SOURCE_BUFFER_BYTES",
                Long.toString(16 * MIB)));
    ffmpeg = new Ffmpeg(folder);
  }

  @AfterAll
  static void stop() {
    service.close();
    topic.close();
    kafka.close();
  }

  @Test
  void strangersByTheHundred_costBoundedHeap_andAPublishersFramesAreAllThere() throws Exception {
    String id = Ids.newBroadcastId();
    StreamKey key = StreamKey.generate();
    topic.intent(Intents.open(id, true, key));
    Path path = clip("good.flv", 12, "-b:v", "1M");
    ExecutorService threads = Executors.newFixedThreadPool(1 + ATTACKERS);
    List<RawPublisher> peers = new ArrayList<>();
    try (RawPublisher good = new RawPublisher(service.rtmpPort())) {
      good.publish(key.reveal());
      Future<?> published =
          threads.submit(
              () -> {
                FlvFile.read(path).publishInRealTime(good);
                good.finish();
                return null;
              });
      int before = topic.awaitRecord(id, SourceRecord.Chunk.class::isInstance).size();
      long quiet = service.liveHeapBytes();

      List<Future<RawPublisher>> attacks = new ArrayList<>();
      for (int i = 0; i < PEERS; i++) {
        int number = i;
        attacks.add(threads.submit(() -> holdOn(number)));
      }
      for (Future<RawPublisher> attack : attacks) {
        peers.add(attack.get());
      }
      assertThat(service.liveHeapBytes() - quiet).isLessThan(PEERS * MAX_BYTES_PER_PEER);
      // The good one's chunks went on meanwhile.
      topic.awaitRecord(id, record -> record.sequence() > before + 20);

      for (RawPublisher peer : peers) {
        peer.close();
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.liveHeapBytes() - quiet < MAX_LEFT_BEHIND);
      published.get();
    } finally {
      threads.shutdownNow();
      for (RawPublisher peer : peers) {
        peer.close();
      }
    }
    List<SourceRecord> records = topic.awaitEnds(id, 1);
    IngestSetUp.assertSequenceWithoutHoles(records);
    assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", false))
        .isEqualTo(ffmpeg.frameHashes(path, "0:v", false));
  }

  /** Makes the server hold as much as it lets a stranger, and stays. */
  private static RawPublisher holdOn(int number) throws IOException {
    RawPublisher peer = new RawPublisher(service.rtmpPort());
    byte[] noise = new byte[1 << 20];
    new Random(number).nextBytes(noise);
    try {
      switch (number % 5) {
        case 0 -> {
          // A message of 7 MB that never ends.
          peer.sendRaw(hex("02 000000 000004 01 00000000 00FFFFFF"));
          peer.sendRaw(hex("04 000000 6ACFC0 09 01000000"));
          peer.sendRaw(noise);
        }
        case 1 -> {
          // The longest message that a stranger may send, but for its end.
          peer.sendRaw(hex("02 000000 000004 01 00000000 0000FFFF"));
          peer.sendRaw(hex("04 000000 00FFFF 09 01000000"));
          peer.sendRaw(new byte[0xFFFE]);
        }
        case 2 -> {
          // Asks without reading what it is answered.
          Message ping = new Message.UserControl(Message.UserControl.PING_REQUEST, 1);
          for (int i = 0; i < 2_000; i++) {
            peer.send(ping);
          }
        }
        case 3 -> peer.sendRaw(noise);
        default -> peer.send(new Message.Command(1, "publish", 3, List.of()));
      }
    } catch (IOException expected) {
      // Closed on us, as it should be.
    }
    return peer;
  }

  @Test
  void publishersWhileKafkaIsAway_areHeldBackTogether_andNothingIsMissing() throws Exception {
    Path path = clip("fast.flv", 6, "-b:v", "20M", "-minrate", "20M", "-bufsize", "20M");
    FlvFile file = FlvFile.read(path);
    List<String> ids = new ArrayList<>();
    List<Future<?>> published = new ArrayList<>();
    ExecutorService publishing = Executors.newCachedThreadPool();
    List<RawPublisher> publishers = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        String broadcast = Ids.newBroadcastId();
        StreamKey own = StreamKey.generate();
        topic.intent(Intents.open(broadcast, true, own));
        ids.add(broadcast);
        RawPublisher publisher = new RawPublisher(service.rtmpPort());
        publishers.add(publisher);
        assertThat(RawPublisher.code(publisher.publish(own.reveal())))
            .isEqualTo("NetStream.Publish.Start");
      }
      kafka.kill();
      for (RawPublisher publisher : publishers) {
        published.add(
            publishing.submit(
                () -> {
                  file.publish(publisher, ms -> ms);
                  publisher.finish();
                  return null;
                }));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> inFlightBytes() > MAX_TOTAL_IN_FLIGHT);
      // One reading period of each may come on top.
      assertThat(inFlightBytes()).isLessThan(MAX_TOTAL_IN_FLIGHT + publishers.size() * MIB);

      kafka.restart();

      for (Future<?> each : published) {
        each.get();
      }
    } finally {
      publishing.shutdownNow();
      for (RawPublisher publisher : publishers) {
        publisher.close();
      }
    }
    int frames = ffmpeg.frameHashes(path, "0:v", true).size();
    for (String broadcast : ids) {
      List<SourceRecord> records = topic.awaitEnds(broadcast, 1);
      IngestSetUp.assertSequenceWithoutHoles(records);
      assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", true))
          .hasSize(frames);
    }
  }

  private static Path clip(String name, int seconds, String... more) throws Exception {
    Path file = folder.resolve(name);
    List<String> arguments =
        new ArrayList<>(
            List.of("-f", "lavfi", "-i", "testsrc2=s=640x360:r=30,noise=alls=20:allf=t"));
    // With sound a publication begins at once: two seconds of video alone would be held first.
    arguments.addAll(List.of("-f", "lavfi", "-i", "sine=440:r=48000", "-c:a", "aac"));
    arguments.addAll(List.of("-t", Integer.toString(seconds), "-c:v", "libx264"));
    arguments.addAll(List.of("-preset", "ultrafast", "-g", "60"));
    arguments.addAll(List.of(more));
    arguments.add(file.toString());
    ffmpeg.run(arguments.toArray(String[]::new));
    return file;
  }

  private static double inFlightBytes() {
    return IngestSetUp.inFlightBytes("http://127.0.0.1:" + service.httpPort() + "/q/metrics");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
