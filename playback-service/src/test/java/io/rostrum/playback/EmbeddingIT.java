package io.rostrum.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other sites may show a broadcast only if they are configured. */
@QuarkusTest
@TestProfile(EmbeddingIT.TwoSites.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class EmbeddingIT {
  /** One site may frame the page, another one may play the media. */
  public static final class TwoSites implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "rostrum.playback.embed.page-origins", "https://intranet.example.com",
          "rostrum.playback.embed.media-origins", "https://player.example.com:8443");
    }
  }

  private PlaybackNode node;

  @BeforeEach
  void open() {
    node = new PlaybackNode();
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** The JDK's client does not let a program name its origin. */
  private static String head(String path, String origin) throws IOException {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
              .formatted(path, origin == null ? "" : "Origin: " + origin + "\r\n");
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.substring(0, answer.indexOf("\r\n\r\n"));
    }
  }

  @Test
  void pageThatIsConfigured_mayFrameTheWatchPage() throws IOException {
    assertThat(head("/config.json", null))
        .contains("frame-ancestors 'self' https://intranet.example.com;");
  }

  @Test
  void originThatIsConfigured_mayReadMedia_andNoOther() throws IOException {
    String id = node.newBroadcast();
    node.segment(id, new Script(id), 0);
    node.listed(id, 0);
    for (String file : new String[] {"index.m3u8", "source.m3u8", "source/0.m4s", "source/9.m4s"}) {
      String path = "/hls/" + id + "/" + file;
      assertThat(head(path, "https://player.example.com:8443"))
          .containsIgnoringCase("access-control-allow-origin: https://player.example.com:8443")
          .containsIgnoringCase("vary: Origin");
      for (String other : new String[] {null, "https://player.example.com", "null"}) {
        assertThat(head(path, other))
            .doesNotContainIgnoringCase("access-control-allow-origin")
            .containsIgnoringCase("vary: Origin");
      }
    }
  }
}
