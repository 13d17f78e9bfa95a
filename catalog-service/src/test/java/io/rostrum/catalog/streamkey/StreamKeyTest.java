package io.rostrum.catalog.streamkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.BroadcastsTopic;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.broadcast.StreamKeyHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamKeyTest extends CatalogTest {
  @Stack TestStack stack;

  @Test
  void streamKey_issued_isKnownToIngestNextToTheFirst() {
    String id = Api.createPublic("Two encoders");
    StreamKey key = StreamKey.parse(issue(id, "stream-keys").getString("streamKey")).orElseThrow();

    BroadcastIntent intent =
        new BroadcastsTopic(stack).await(id, any -> any.streamKeys().size() == 2);
    assertThat(intent.streamKeys()).filteredOn(key::matches).hasSize(1);
    assertThat(intent.streamKeys()).extracting(StreamKeyHash::expiresAt).containsOnlyNulls();
  }

  @Test
  void streamKey_revoked_isTakenFromIngest() {
    JsonPath created = Api.create(Map.of("title", "Lost key"));
    String id = created.getString("id");
    StreamKey key = StreamKey.parse(created.getString("ingest.streamKey")).orElseThrow();

    for (int time = 0; time < 2; time++) {
      Api.as(Tokens.producer())
          .delete(Api.BROADCASTS + "/" + id + "/stream-keys/" + key.keyId())
          .then()
          .statusCode(204);
    }

    new BroadcastsTopic(stack).await(id, any -> any.streamKeys().isEmpty());
    assertThat(
            Api.as(Tokens.producer())
                .get(Api.BROADCASTS + "/" + id)
                .jsonPath()
                .getList("streamKeys"))
        .isEmpty();
    Api.as(Tokens.producer())
        .delete(Api.BROADCASTS + "/" + id + "/stream-keys/nosuchkey")
        .then()
        .statusCode(404);
  }

  @Test
  void publishToken_issued_expires() {
    String id = Api.createPublic("From the browser");
    JsonPath issued = issue(id, "publish-token");

    BroadcastIntent intent =
        new BroadcastsTopic(stack).await(id, any -> any.streamKeys().size() == 2);
    StreamKey key = StreamKey.parse(issued.getString("streamKey")).orElseThrow();
    StreamKeyHash hash =
        intent.streamKeys().stream().filter(key::matches).findFirst().orElseThrow();
    assertThat(hash.expiresAt()).isEqualTo(Instant.parse(issued.getString("expiresAt")));
    assertThat(hash.expiresAt())
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(10)));
    assertThat(issued.getString("whipUrl")).isEqualTo("https://rostrum.example/whip/" + id);
  }

  @Test
  void streamKeys_atTheLimit_areRefusedUntilOneIsRevoked() {
    String id = Api.createPublic("Key collector");
    String last = null;
    for (int i = 0; i < 4; i++) {
      last = issue(id, "stream-keys").getString("keyId");
    }
    String path = Api.BROADCASTS + "/" + id + "/stream-keys";
    Api.as(Tokens.producer()).post(path).then().statusCode(409);
    Api.as(Tokens.producer()).delete(path + "/" + last).then().statusCode(204);
    Api.as(Tokens.producer()).post(path).then().statusCode(201);
  }

  private static JsonPath issue(String id, String kind) {
    return Api.as(Tokens.producer())
        .post(Api.BROADCASTS + "/" + id + "/" + kind)
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }
}
