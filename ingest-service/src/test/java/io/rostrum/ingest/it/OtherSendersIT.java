package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.localstack.test.KafkaResource;
import java.io.File;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Publishers other than ffmpeg. Each test is skipped where its program is missing, with the name of
 * the Debian package that has it.
 */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(IngestSetUp.ShortTimes.class)
class OtherSendersIT extends IngestSetUp {

  private static final long TIMEOUT_SECONDS = 90;

  @Test
  void librtmp_publishesEveryFrame() throws Exception {
    assumeThat(find("gcc")).as("gcc is missing; Debian: apt-get install gcc").isPresent();
    assumeThat(new File("/usr/include/librtmp/rtmp.h"))
        .as("librtmp is missing; Debian: apt-get install librtmp-dev")
        .exists();
    Path source = folder.resolve("librtmp-publish.c");
    try (InputStream in = getClass().getResourceAsStream("/senders/librtmp-publish.c")) {
      Files.write(source, in.readAllBytes());
    }
    Path program = folder.resolve("librtmp-publish");
    run(List.of("gcc", "-O1", "-o", program.toString(), source.toString(), "-lrtmp"));
    Path file = clip("librtmp.flv", 8, "30", "-g", "60", "-bf", "2");

    run(List.of(program.toString(), file.toString(), url()));

    assertSameFrames(file, topic.awaitEnds(id, 1));
  }

  @Test
  void gstreamerRtmp2sink_publishesEveryFrame() throws Exception {
    assumeThat(find("gst-launch-1.0"))
        .as("gst-launch-1.0 is missing; Debian: apt-get install gstreamer1.0-tools")
        .isPresent();
    assumeThat(exitOf(List.of("gst-inspect-1.0", "rtmp2sink")))
        .as("rtmp2sink is missing; Debian: apt-get install gstreamer1.0-plugins-bad")
        .isZero();
    Path file = clip("gstreamer.flv", 8, "30", "-g", "60", "-bf", "2");

    List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q"));
    command.addAll(
        List.of(
            "filesrc",
            "location=" + file,
            "!",
            "flvdemux",
            "name=d",
            "d.video",
            "!",
            "queue",
            "!"));
    command.addAll(
        List.of("h264parse", "!", "flvmux", "name=m", "streamable=true", "!", "rtmp2sink"));
    command.add("location=" + url());
    command.addAll(List.of("d.audio", "!", "queue", "!", "aacparse", "!", "m."));
    run(command);

    assertSameFrames(file, topic.awaitEnds(id, 1));
  }

  /**
   * nginx passes on nothing of what it gets before its own connection stands, so the media begins
   * only then. It also drops what its queue has no room for, so it comes at its own speed.
   */
  @Test
  void nginxRtmp_pushesEveryFrame() throws Exception {
    assumeThat(find("nginx")).as("nginx is missing; Debian: apt-get install nginx").isPresent();
    Path module = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");
    assumeThat(module)
        .as("nginx-rtmp is missing; Debian: apt-get install libnginx-mod-rtmp")
        .exists();
    int port = freePort();
    Path home = Files.createDirectories(folder.resolve("nginx"));
    Path config = home.resolve("nginx.conf");
    TcpRelay relay = new TcpRelay(server.port());
    Files.writeString(
        config,
        """
        load_module %s;
        daemon off;
        master_process off;
        pid %s/nginx.pid;
        error_log %s/error.log info;
        events { worker_connections 64; }
        rtmp {
          access_log off;
          server {
            listen 127.0.0.1:%d;
            application live {
              live on;
              push rtmp://127.0.0.1:%d/live/%s;
            }
          }
        }
        """
            .formatted(module, home, home, port, relay.port(), key.reveal()));
    Path file = clip("nginx.flv", 8, "30", "-g", "60", "-bf", "2");
    Process nginx = start(List.of("nginx", "-p", home.toString(), "-c", config.toString()));
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> nginx.isAlive() && Files.exists(home.resolve("nginx.pid")));
      try (RawPublisher publisher = new RawPublisher(port)) {
        assertThat(RawPublisher.code(publisher.publish("in"))).isEqualTo("NetStream.Publish.Start");
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> relay.serverHasSaid("NetStream.Publish.Start"));
        FlvFile.read(file).publishInRealTime(publisher);
        publisher.finish();
      }

      assertSameFrames(file, topic.awaitEnds(id, 1));
    } finally {
      nginx.destroy();
      nginx.waitFor(10, TimeUnit.SECONDS);
      nginx.destroyForcibly();
      relay.close();
    }
  }

  private void assertSameFrames(Path file, List<SourceRecord> records) throws Exception {
    assertSequenceWithoutHoles(records);
    Path received = SourceTopic.toFile(folder, records);
    assertThat(ffmpeg.frameHashes(received, "0:v", false))
        .hasSize(240)
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
    assertThat(ffmpeg.frameHashes(received, "0:a", true))
        .isEqualTo(ffmpeg.frameHashes(file, "0:a", true));
  }

  private static java.util.Optional<Path> find(String program) {
    for (String path : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path candidate = Path.of(path, program);
      if (Files.isExecutable(candidate)) {
        return java.util.Optional.of(candidate);
      }
    }
    return java.util.Optional.empty();
  }

  private static Process start(List<String> command) throws Exception {
    Path log = Files.createTempFile(folder, "sender", ".log");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static int exitOf(List<String> command) throws Exception {
    Process process = start(command);
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command.get(0) + " did not end");
    }
    return process.exitValue();
  }

  private static void run(List<String> command) throws Exception {
    assertThat(exitOf(command)).as(command.get(0)).isZero();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
