package io.rostrum.playback;

import static io.rostrum.playback.testing.Viewer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.access.PlaybackToken;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.Audience.Kind;
import io.rostrum.contracts.broadcast.Audience.Rule;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.localstack.test.S3Resource;
import io.rostrum.playback.testing.PlaybackNode;
import io.rostrum.playback.testing.Script;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may watch, on every kind of address. */
@QuarkusTest
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
class AccessIT {
  private static final List<String> KINDS =
      List.of(
          "index.m3u8",
          "live.m3u8",
          "index.m3u8?start=0",
          "source.m3u8",
          "live-source.m3u8",
          "iframes-source.m3u8",
          "iframes-live-source.m3u8",
          "source/0.4.iframe.m4s",
          "c/0-0/source.m3u8",
          "source/init-init0source.mp4",
          "source/0.m4s",
          "source/0.0.m4s",
          "storyboard.vtt",
          "storyboard.vtt?start=0",
          "c/0-0/storyboard.vtt",
          "storyboard/" + Script.thumbnailName(0),
          "poster.jpg");

  private PlaybackNode node;

  @BeforeEach
  void open() {
    node = new PlaybackNode();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static String token(String broadcast, String user, Instant expiresAt) {
    return new PlaybackToken(broadcast, user, Set.of(), expiresAt)
        .sign("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
  }

  private int status(String id, String rest, String cookie) {
    return node.viewer
        .get("/hls/" + id + "/" + rest, "Cookie", "other=1; rostrum_playback=" + cookie)
        .statusCode();
  }

  @Test
  void protectedBroadcast_isShownToItsAudienceOnly_onEveryKindOfAddress() {
    String id = Ids.newBroadcastId();
    Script script = new Script(id);
    Audience alice = new Audience(List.of(new Rule(Kind.PERSON, "alice")));
    node.publisher.intent(id, alice, 1);
    node.segment(id, script, 0);
    for (String image : List.of(Script.thumbnailName(0), Script.posterName(0))) {
      node.publisher.object(ObjectKeys.storyboard(id, image), Script.image(image));
    }
    node.publisher.facts(script.storedWithThumbnail(0, -1, true));
    Instant later = Instant.now().plusSeconds(300);
    String good = token(id, "alice", later);
    eventually("plays", () -> status(id, "source/0.m4s", good) == 200);
    eventually("has a poster", () -> status(id, "poster.jpg", good) == 200);

    for (String rest : KINDS) {
      assertThat(node.viewer.get("/hls/" + id + "/" + rest).statusCode()).as(rest).isEqualTo(401);
      assertThat(status(id, rest, good)).as(rest).isEqualTo(200);
      assertThat(node.viewer.get("/hls/" + id + "/t/" + good + "/" + rest).statusCode())
          .as(rest)
          .isEqualTo(200);
      String expired = token(id, "alice", Instant.now().minusSeconds(1));
      assertThat(status(id, rest, expired)).as(rest).isEqualTo(401);
      assertThat(status(id, rest, "forged.token")).as(rest).isEqualTo(401);
      assertThat(status(id, rest, token("bcdfghjkm", "alice", later))).as(rest).isEqualTo(403);
      assertThat(status(id, rest, token(id, "bob", later))).as(rest).isEqualTo(403);
    }
    assertThat(
            node.viewer
                .get("/hls/" + id + "/source/0.m4s", "Cookie", "rostrum_playback=" + good)
                .headers()
                .firstValue("Cache-Control"))
        .contains("private, max-age=31536000, immutable");

    // Removed from the audience: out with the next request; bob is in.
    node.publisher.intent(id, new Audience(List.of(new Rule(Kind.PERSON, "bob"))), 2);
    eventually("alice is out", () -> status(id, "source/0.m4s", good) == 403);
    assertThat(status(id, "source/0.m4s", token(id, "bob", later))).isEqualTo(200);
  }

  @Test
  void unknownBroadcast_is404_andADeletedOneIsGone() {
    assertThat(node.viewer.get("/hls/" + Ids.newBroadcastId() + "/index.m3u8").statusCode())
        .isEqualTo(404);
    assertThat(node.viewer.get("/hls/nothing").statusCode()).isEqualTo(404);
    String id = node.newBroadcast();
    node.segment(id, new Script(id), 0);
    node.listed(id, 0);
    node.publisher.delete(id);
    eventually("gone", () -> node.viewer.get("/hls/" + id + "/index.m3u8").statusCode() == 410);
    assertThat(node.viewer.get("/hls/" + id + "/source/0.m4s").statusCode()).isEqualTo(410);
  }
}
