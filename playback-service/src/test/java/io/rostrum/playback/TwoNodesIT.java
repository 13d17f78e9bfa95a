package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static io.rostrum.playback.testing.Viewer.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import io.rostrum.playback.testing.Viewer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A second node, the packaged service in a process of its own, that starts late, is killed and
 * starts again: invariants 4 and 5.
 */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class TwoNodesIT {
  private Path folder;
  private PlaybackNode node;
  private Process process;
  private int port;

  @BeforeEach
  void open() throws IOException {
    node = new PlaybackNode();
    folder = Files.createTempDirectory("rostrum-second-node-");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void close() throws InterruptedException, IOException {
    node.close();
    if (process != null) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * @param early what is asked for as soon as the node listens, which is before it is ready
   */
  private Viewer startSecond(String early) throws IOException {
    Config config = ConfigProvider.getConfig();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-jar",
            Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
    var environment = builder.environment();
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put(
        "KAFKA_BOOTSTRAP_SERVERS", config.getValue("kafka.bootstrap.servers", String.class));
    environment.put("ROSTRUM_PLAYBACK_SECRET", "0123456789abcdef0123456789abcdef");
    environment.put("ROSTRUM_PLAYBACK_SPOOL_DIR", folder.resolve("spool").toString());
    for (String name : List.of("endpoint", "access-key", "secret-key", "bucket")) {
      environment.put(
          "ROSTRUM_S3_" + name.replace('-', '_').toUpperCase(Locale.ROOT),
          config.getValue("rostrum.s3." + name, String.class));
    }
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    process = builder.start();
    Viewer second = new Viewer(port);
    AtomicReference<HttpResponse<String>> first = new AtomicReference<>();
    eventually(
        "second node listens",
        () -> {
          try {
            first.set(second.get(early));
            return true;
          } catch (CompletionException expected) {
            return false; // it does not listen yet
          }
        });
    assertThat(first.get().statusCode()).as(first.get().body()).isEqualTo(200);
    assertThat(second.get("/q/health/ready").statusCode()).isEqualTo(200);
    return second;
  }

  private void same(Viewer second, String id, long segments, int openParts) {
    for (String name :
        List.of(
            "index.m3u8",
            "live.m3u8",
            "source.m3u8",
            "audio.m3u8",
            "live-source.m3u8",
            "source.m3u8?_HLS_skip=YES",
            "iframes-source.m3u8",
            "iframes-live-source.m3u8",
            "source/0.4.iframe.m4s",
            "source/" + segments + ".0.iframe.m4s",
            "source/" + segments + "." + (openParts - 1) + ".m4s",
            "audio/" + (segments - 1) + ".m4s",
            "source/init-init0source.mp4",
            "audio/init-init0audio.mp4",
            "c/0-3/source.m3u8",
            "source/0.m4s",
            "source/0.3.m4s")) {
      HttpResponse<byte[]> one =
          node.viewer.bytes("/hls/" + id + "/" + name, "Accept-Encoding", "gzip");
      HttpResponse<byte[]> two = second.bytes("/hls/" + id + "/" + name, "Accept-Encoding", "gzip");
      assertThat(one.statusCode()).as(name).isEqualTo(200);
      assertThat(two.body()).as(name).isEqualTo(one.body());
      assertThat(two.headers().firstValue("ETag")).isEqualTo(one.headers().firstValue("ETag"));
    }
  }

  @Test
  void nodeThatStartsLateOrAgain_servesTheSameBytes() throws Exception {
    String id = node.newBroadcast();
    Script script = new Script(id);
    for (long msn = 0; msn < 14; msn++) {
      node.segment(id, script, msn);
      if (msn < 12) { // the last ones wait for the object store
        for (String rendition : List.of("source", "audio")) {
          node.publisher.object(script.key(rendition, msn), Script.segmentBytes(rendition, msn));
        }
        node.publisher.facts(script.stored(msn));
      }
    }
    node.publisher.facts(script.open(14));
    node.publisher.parts(id, script.parts(14).subList(0, 6));
    assertThat(
            join(node.viewer.getAsync("/hls/" + id + "/audio.m3u8?_HLS_msn=14&_HLS_part=2"))
                .statusCode())
        .isEqualTo(200);

    Viewer second = startSecond("/hls/" + id + "/audio.m3u8");
    same(second, id, 14, 3);

    // Killed in mid-event: what comes meanwhile is there after the start.
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    node.publisher.parts(id, script.parts(14).subList(6, 16));
    node.publisher.facts(script.close(14), script.open(15));
    node.publisher.parts(id, script.parts(15).subList(0, 4));
    Viewer again = startSecond("/hls/" + id + "/source.m3u8");
    assertThat(
            join(node.viewer.getAsync("/hls/" + id + "/audio.m3u8?_HLS_msn=15&_HLS_part=1"))
                .statusCode())
        .isEqualTo(200);
    same(again, id, 15, 2);

    // Both follow.
    CompletableFuture<HttpResponse<String>> held =
        again.getAsync("/hls/" + id + "/source.m3u8?_HLS_msn=15&_HLS_part=2");
    node.publisher.parts(id, script.parts(15).subList(4, 6));
    assertThat(join(held).body()).contains("source/15.2.m4s");
  }
}
