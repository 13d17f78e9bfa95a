package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.broadcast.Broadcasts;
import io.rostrum.playback.http.SlowClients;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that do not take what they asked for: what they cost, and for how long ({@code
 * send-timeout} is 3 s here).
 */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class SlowClientsIT {
  private static final int CLIENTS = 60;
  private static final int PART_BYTES = 7 << 20;
  private static final long MOST_BYTES_A_CLIENT = 400 << 10;

  @Inject SlowClients slowClients;
  @Inject Broadcasts broadcasts;

  private final List<Socket> sockets = new ArrayList<>();
  private PlaybackNode node;
  private Script script;
  private String id;

  @BeforeEach
  void open() {
    node = new PlaybackNode();
    id = node.newBroadcast();
    script = new Script(id);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    node.close();
  }

  private Socket ask(String path) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4096);
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(30_000);
    socket
        .getOutputStream()
        .write(
            ("GET /hls/" + id + "/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** A part on the heap that no sockets' buffers hold: those of Linux take 4 MB. */
  private void largePart() {
    byte[] noise = new byte[PART_BYTES];
    new Random(7).nextBytes(noise);
    MediaPart large =
        new MediaPart(1, 0, 0, "source", 45_000, 90_000, true, ByteBuffer.wrap(noise));
    node.publisher.facts(script.open(0));
    node.publisher.parts(id, List.of(large, script.part("audio", 0, 0)));
    eventually("started", () -> node.viewer.get("/hls/" + id + "/index.m3u8").statusCode() == 200);
  }

  private static long directBytes() {
    long pooled = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    long others =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return pooled + others;
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static boolean cutOff(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[1 << 16];
      long read = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read += count;
      }
      return read < PART_BYTES;
    } catch (IOException expected) {
      return true; // reset
    }
  }

  @Test
  void clientsThatDoNotRead_costSomePieces_andAreCutOff() throws Exception {
    largePart();
    long heap = heapBytes();
    long direct = directBytes();
    long before = slowClients.cutOff();

    for (int i = 0; i < CLIENTS; i++) {
      ask("source/0.0.m4s");
    }
    for (Socket socket : sockets) {
      assertThat(socket.getInputStream().read()).isEqualTo('H'); // it is being answered
    }
    assertThat(heapBytes() - heap).isLessThan(CLIENTS * MOST_BYTES_A_CLIENT);
    assertThat(directBytes() - direct).isLessThan(CLIENTS * MOST_BYTES_A_CLIENT);

    eventually("all cut off", () -> slowClients.cutOff() == before + CLIENTS);
    assertThat(sockets).allMatch(SlowClientsIT::cutOff);
    // Somebody else is served as ever.
    assertThat(node.viewer.bytes("/hls/" + id + "/source/0.0.m4s").body()).hasSize(PART_BYTES);
  }

  @Test
  void clientThatReadsTooSlowly_isCutOff_whateverItReads() throws Exception {
    largePart();
    Socket socket = ask("source/0.0.m4s");
    InputStream in = socket.getInputStream();
    long before = slowClients.cutOff();
    byte[] some = new byte[1024];

    eventually(
        "cut off while it reads",
        () -> {
          try {
            return in.read(some) < 0 || slowClients.cutOff() > before;
          } catch (IOException reset) {
            return true;
          }
        });
    assertThat(slowClients.cutOff()).isEqualTo(before + 1);
  }

  @Test
  void clientThatGoesAway_freesItsHold_andNobodyElses() throws Exception {
    node.segment(id, script, 0);
    node.publisher.facts(script.open(1));
    node.listed(id, 0);
    Socket stays = ask("audio.m3u8?_HLS_msn=1&_HLS_part=0");
    eventually("held", () -> broadcasts.here(id).heldRequests() == 1);
    Socket playlist = ask("source.m3u8?_HLS_msn=1&_HLS_part=0");
    Socket part = ask("source/1.0.m4s");
    eventually("all held", () -> broadcasts.here(id).heldRequests() == 3);

    playlist.close();
    part.close();

    // Nothing comes in this broadcast, and the limit would end the oldest wait first.
    eventually("freed", () -> broadcasts.here(id).heldRequests() == 1);
    node.publisher.parts(id, List.of(script.part("audio", 1, 0)));
    assertThat(new String(stays.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 200 OK");
  }
}
