package io.rostrum.catalog.playbacksession;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.StackResource;
import io.rostrum.contracts.access.PlaybackToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PlaybackSessionTest extends CatalogTest {
  private static final byte[] SECRET =
      StackResource.PLAYBACK_SECRET.getBytes(StandardCharsets.UTF_8);

  @Test
  void session_public_worksSignedOut() {
    String id = Api.createPublic("Open doors");
    Response response = RestAssured.post(Api.BROADCASTS + "/" + id + "/playback-session");

    assertThat(response.statusCode()).isEqualTo(200);
    PlaybackToken token = verify(response, id);
    assertThat(token.user()).isNull();
    assertThat(response.jsonPath().getString("hlsUrl"))
        .isEqualTo("https://rostrum.example/hls/" + id + "/index.m3u8");
    assertThat(token.expiresAt())
        .isEqualTo(Instant.parse(response.jsonPath().getString("expiresAt")));
  }

  @Test
  void session_ofTheAudience_carriesNameAndGroups() {
    String id = staffOnly();
    Response response =
        Api.as(Tokens.alice()).post(Api.BROADCASTS + "/" + id + "/playback-session");

    PlaybackToken token = verify(response, id);
    assertThat(token.user()).isEqualTo("alice");
    assertThat(token.groups()).containsExactly("staff");
    Cookie cookie = response.getDetailedCookie("rostrum_playback");
    assertThat(cookie.getPath()).isEqualTo("/hls/" + id);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.isSecured()).isTrue();
    assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Lax");
    assertThat(cookie.getMaxAge()).isEqualTo(12 * 3600L);
  }

  @Test
  void session_outsideTheAudience_isRefused() {
    String path = Api.BROADCASTS + "/" + staffOnly() + "/playback-session";
    Response signedOut = RestAssured.post(path);
    Response bob = Api.as(Tokens.bob()).post(path);
    Response admin = Api.as(Tokens.admin()).post(path);
    Response creator = Api.as(Tokens.producer()).post(path);

    assertThat(signedOut.statusCode()).isEqualTo(401);
    assertThat(bob.statusCode()).isEqualTo(403);
    assertThat(bob.jsonPath().getString("type")).isEqualTo("urn:rostrum:problem:not-in-audience");
    assertThat(admin.statusCode()).as("managing is not watching").isEqualTo(403);
    assertThat(creator.statusCode()).as("whoever made it").isEqualTo(200);
    assertThat(bob.getCookies()).isEmpty();
  }

  @Test
  void session_withHundredsOfGroups_staysShortEnoughForACookie() {
    Set<String> groups = new HashSet<>(Set.of("staff"));
    for (int i = 0; i < 300; i++) {
      groups.add("department-of-long-names-" + i);
    }
    String id = staffOnly();
    Response response =
        Api.as(Tokens.of("dora", "viewer", groups))
            .post(Api.BROADCASTS + "/" + id + "/playback-session");

    PlaybackToken token = verify(response, id);
    assertThat(token.groups()).containsExactly("staff");
  }

  private static String staffOnly() {
    return Api.create(
            Map.of(
                "title",
                "Staff",
                "audience",
                Api.audience(Map.of("kind", "GROUP", "name", "staff"))))
        .getString("id");
  }

  /** The cookie and the address carry the same token, and playback would accept it. */
  private static PlaybackToken verify(Response response, String id) {
    String text = response.getCookie("rostrum_playback");
    assertThat(response.jsonPath().getString("tokenHlsUrl"))
        .isEqualTo("https://rostrum.example/hls/" + id + "/t/" + text + "/index.m3u8");
    PlaybackToken token = PlaybackToken.verify(text, SECRET, Instant.now()).orElseThrow();
    assertThat(token.broadcast()).isEqualTo(id);
    return token;
  }
}
