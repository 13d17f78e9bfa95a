package io.rostrum.localstack.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealmFileTest {

  @Test
  void of_origins_admitsTheWebAppThereAndOnLocalhost() throws IOException {
    RealmFile realm = RealmFile.of("http://127.0.0.1:8180", "https://127.0.0.1:8543");

    JsonNode client = new ObjectMapper().readTree(realm.json()).path("clients").path(0);
    assertThat(texts(client.path("redirectUris")))
        .containsExactlyInAnyOrder(
            "http://127.0.0.1:8180/*",
            "http://localhost:8180/*",
            "https://127.0.0.1:8543/*",
            "https://localhost:8543/*");
    assertThat(texts(client.path("webOrigins"))).contains("http://127.0.0.1:8180");
    assertThat(realm.json()).doesNotContain("${");
  }

  @Test
  void version_otherOrigin_isAnother() throws IOException {
    assertThat(RealmFile.of("http://a:1", "https://a:2").version())
        .isEqualTo(RealmFile.of("http://a:1", "https://a:2").version())
        .isNotEqualTo(RealmFile.of("http://a:3", "https://a:2").version());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
