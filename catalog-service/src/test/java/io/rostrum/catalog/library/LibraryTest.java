package io.rostrum.catalog.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.Facts;
import io.rostrum.catalog.stack.Stack;
import io.rostrum.catalog.stack.TestStack;
import io.rostrum.catalog.stack.TimelineTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LibraryTest extends CatalogTest {
  @Stack TestStack stack;

  /** In the titles of this test's broadcasts only. */
  private final String mark = "m" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void list_caller_seesWhatTheAudienceAdmits() {
    create("public", Map.of("kind", "PUBLIC"));
    create("signed in", Map.of("kind", "SIGNED_IN"));
    create("staff", Map.of("kind", "GROUP", "name", "staff"));
    create("bob", Map.of("kind", "PERSON", "name", "bob"));
    create("person staff", Map.of("kind", "PERSON", "name", "staff"));

    assertThat(titles(RestAssured.given())).containsExactly("public");
    assertThat(titles(Api.as(Tokens.alice()))).containsExactly("staff", "signed in", "public");
    assertThat(titles(Api.as(Tokens.bob()))).containsExactly("bob", "signed in", "public");
    assertThat(titles(Api.as(Tokens.of("carol", "viewer", Set.of("/staff")))))
        .as("groups with their path, as Keycloak may send them")
        .containsExactly("staff", "signed in", "public");
    assertThat(titles(Api.as(Tokens.producer())))
        .containsExactly("person staff", "bob", "staff", "signed in", "public");
  }

  @Test
  void list_pages_goThroughAllOnceNewestFirst() {
    for (int i = 0; i < 7; i++) {
      create("page " + i, Map.of("kind", "PUBLIC"));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonPath page =
          RestAssured.get(Api.BROADCASTS + "?limit=3&q=" + mark + "&cursor=" + cursor).jsonPath();
      seen.addAll(page.getList("items.title"));
      cursor = page.getString("nextCursor");
      create("newer than the first page", Map.of("kind", "PUBLIC"));
    } while (cursor != null);

    assertThat(seen)
        .extracting(title -> title.replace(mark + " ", ""))
        .containsExactly("page 6", "page 5", "page 4", "page 3", "page 2", "page 1", "page 0");
  }

  @Test
  void list_text_isFoundWhateverItsCaseAndSigns() {
    create("100% of Town_Hall!", Map.of("kind", "PUBLIC"));
    assertThat(found(mark + " 100%25 OF town_hall!")).isEqualTo(1);
    assertThat(found(mark + " 1_0")).isZero();
    assertThat(found(mark + "%25%25")).isZero();
    assertThat(found("' or 1=1 --" + mark)).isZero();
  }

  @Test
  void list_state_filters() {
    create("draft", Map.of("kind", "PUBLIC"));
    String live = create("live", Map.of("kind", "PUBLIC"));
    String ended = create("ended", Map.of("kind", "PUBLIC"));
    try (TimelineTopic timeline = new TimelineTopic(stack)) {
      timeline.append(live, 0, Facts.open(0));
      timeline.append(ended, 0, Facts.open(0), Facts.close(0), Facts.end(1));
    }
    await().until(() -> filtered("LIVE"), List.of("live")::equals);
    await().until(() -> filtered("ENDED"), List.of("ended")::equals);
    assertThat(filtered("DRAFT")).containsExactly("draft");
    assertThat(filtered("draft,LIVE")).containsExactly("live", "draft");
    assertThat(filtered("ENDED&state=LIVE")).containsExactly("ended", "live");
    assertThat(filtered("SCHEDULED")).isEmpty();
    assertThat(filtered("CANCELLED")).isEmpty();
  }

  private String create(String title, Map<String, Object> rule) {
    return Api.create(Map.of("title", mark + " " + title, "audience", Api.audience(rule)))
        .getString("id");
  }

  private List<String> titles(RequestSpecification caller) {
    return strip(caller.get(Api.BROADCASTS + "?q=" + mark).jsonPath());
  }

  private List<String> filtered(String state) {
    return strip(RestAssured.get(Api.BROADCASTS + "?q=" + mark + "&state=" + state).jsonPath());
  }

  private List<String> strip(JsonPath page) {
    return page.<String>getList("items.title").stream()
        .map(title -> title.replace(mark + " ", ""))
        .toList();
  }

  private static int found(String query) {
    return RestAssured.given()
        .urlEncodingEnabled(false)
        .get(Api.BROADCASTS + "?q=" + query.replace(" ", "%20").replace("'", "%27"))
        .jsonPath()
        .getList("items")
        .size();
  }
}
