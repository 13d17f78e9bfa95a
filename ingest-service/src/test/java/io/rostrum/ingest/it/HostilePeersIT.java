package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.rtmp.message.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Peers that are slow, greedy or mad: each is closed in time, and costs nobody else anything. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(HostilePeersIT.TightLimits.class)
class HostilePeersIT extends IngestSetUp {

  private static final int MAX_FROM_ADDRESS = 30;

  /** Limits that a test can reach. */
  public static final class TightLimits implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(new ShortTimes().getConfigOverrides());
      config.put("rostrum.ingest.rtmp.handshake-timeout", "2s");
      config.put(
          "rostrum.ingest.rtmp.max-connections-per-address", Integer.toString(MAX_FROM_ADDRESS));
      config.put("rostrum.ingest.rtmp.max-message-bytes", "1000000");
      config.put("rostrum.ingest.rtmp.max-buffered-bytes", "2000000");
      config.put("rostrum.ingest.rtmp.max-chunk-streams", "8");
      config.put("rostrum.ingest.rtmp.max-amf-depth", "4");
      return config;
    }
  }

  @Test
  void handshakeByteByByte_isCutOff() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(30_000);
      AtomicBoolean stop = new AtomicBoolean();
      Thread drip = new Thread(() -> drip(socket, stop));
      drip.start();

      // It never gets an answer: S0 and S1 come behind the whole of C1.
      assertThat(isClosed(socket)).isTrue();
      stop.set(true);
      drip.join();
    }
  }

  @Test
  void limits_ofMessagesChunkStreamsAndNesting_closeTheConnection() throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.sendRaw(hex("04 000000 0F4241 08 01000000 AF"));
      assertThat(publisher.isClosedByServer()).isTrue();
    }
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      for (int id = 3; id < 12; id++) {
        publisher.sendRaw(hex("%02x 000000 000004 08 01000000 AF010203".formatted(id)));
      }
      assertThat(publisher.isClosedByServer()).isTrue();
    }
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      // strict arrays of one element inside each other
      publisher.sendRaw(hex("03 000000 00001E 14 00000000" + " 0A00000001".repeat(6)));
      assertThat(publisher.isClosedByServer()).isTrue();
    }
  }

  @Test
  void connectionsBeyondTheLimitOfAnAddress_areClosed_andOthersGoOn() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < MAX_FROM_ADDRESS + 5; i++) {
        sockets.add(new Socket("127.0.0.1", server.port()));
      }
      Socket last = sockets.get(sockets.size() - 1);
      last.setSoTimeout(30_000);
      assertThat(isClosed(last)).isTrue();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    awaitAdmission();
  }

  @Test
  void peerThatAsksWithoutReading_isClosed() throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      Message ping = new Message.UserControl(Message.UserControl.PING_REQUEST, 1);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                try {
                  for (int i = 0; i < 20_000; i++) {
                    publisher.send(ping);
                  }
                  return false;
                } catch (IOException expected) {
                  return true;
                }
              });
    }
  }

  @Test
  void hostilePeers_besideAGoodPublisher_costItNothing() throws Exception {
    Path file = clip("good.flv", 12, "30", "-g", "60", "-bf", "2");
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService attackers = Executors.newFixedThreadPool(4);
    try (Ffmpeg.Run run = publishInRealTime(file)) {
      for (int i = 0; i < 4; i++) {
        int seed = i;
        attackers.execute(() -> attack(new Random(seed), stop));
      }
      run.await();
    } finally {
      stop.set(true);
      attackers.shutdown();
      assertThat(attackers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertSequenceWithoutHoles(records);
    assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", false))
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
  }

  /** Good beginnings with bad ends, one connection after the other. */
  private void attack(Random random, AtomicBoolean stop) {
    while (!stop.get()) {
      try (RawPublisher publisher = new RawPublisher(server.port())) {
        byte[] noise = new byte[200_000];
        random.nextBytes(noise);
        switch (random.nextInt(4)) {
          case 0 -> publisher.sendRaw(noise);
          case 1 -> {
            publisher.sendRaw(hex("02 000000 000004 01 00000000 00000001"));
            publisher.sendRaw(hex("04 000000 0F0000 08 01000000 AF" + "C401".repeat(20_000)));
          }
          case 2 -> {
            for (int id = 3; id < 11; id++) {
              publisher.sendRaw(hex("%02x 000000 0F0000 08 01000000".formatted(id)));
              publisher.sendRaw(new byte[128]);
            }
          }
          default -> {
            noise[0] = 3;
            publisher.sendRaw(hex("03 000000 000100 14 00000000 03"));
            publisher.sendRaw(noise);
          }
        }
      } catch (IOException ignored) {
        // Closed on us, as it should be.
      }
    }
  }

  private static void drip(Socket socket, AtomicBoolean stop) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(3);
      while (!stop.get()) {
        out.write(0);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (IOException expected) {
      // Closed by the server.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException expected) {
      return true;
    }
  }

  private static byte[] hex(String digits) {
    return java.util.HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
