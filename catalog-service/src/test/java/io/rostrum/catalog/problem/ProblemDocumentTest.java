package io.rostrum.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.CatalogTest;
import io.rostrum.catalog.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
class ProblemDocumentTest extends CatalogTest {
  static List<Arguments> brokenBodies() {
    String title = "'title': 'T'";
    return List.of(
        body("{}", "title", "missing"),
        body("{'title': null}", "title", "missing"),
        body("{'title': '   '}", "title", "missing"),
        body("{'title': '" + "x".repeat(201) + "'}", "title", "200"),
        body("{'title': 'a\\u0000b'}", "title", "control characters"),
        body("{'title': 'a\\ud800b'}", "title", "halves"),
        body("{'title': 5}", "title", "a text"),
        body("{'title': ['T']}", "title", "a text"),
        body("{" + title + ", 'description': true}", "description", "a text"),
        body("{" + title + ", 'startsAt': 'tomorrow'}", "startsAt", "ISO 8601"),
        body("{" + title + ", 'startsAt': '2026-01-01T10:00:00'}", "startsAt", "ISO 8601"),
        body("{" + title + ", 'startsAt': 1767225600}", "startsAt", "ISO 8601"),
        body("{" + title + ", 'startsAt': '+999999-01-01T00:00:00Z'}", "startsAt", "2200"),
        body("{" + title + ", 'audience': 'PUBLIC'}", "audience", "an object"),
        body("{" + title + ", 'audience': {}}", "audience.rules", "missing"),
        body("{" + title + ", 'audience': {'rules': []}}", "audience.rules", "1 to 100"),
        body("{" + title + ", 'audience': {'rules': {}}}", "audience.rules", "an array"),
        body(
            "{" + title + ", 'audience': {'rules': [{'kind': 'PUBLIC'}, {'kind': 'SECRET'}]}}",
            "audience.rules[1].kind",
            "one of PUBLIC, SIGNED_IN, GROUP, PERSON"),
        body(
            "{" + title + ", 'audience': {'rules': [{'kind': 0}]}}",
            "audience.rules[0].kind",
            "one of"),
        body(
            "{" + title + ", 'audience': {'rules': [{'name': 'staff'}]}}",
            "audience.rules[0].kind",
            "one of"),
        body(
            "{" + title + ", 'audience': {'rules': [{'kind': 'GROUP'}]}}",
            "audience.rules[0].name",
            "missing"),
        body("{" + title + ", 'audience': {'rules': [null]}}", "audience.rules[0]", "null"),
        body("{" + title + ", 'dvr': {'liveWindowSeconds': 1}}", "dvr.liveWindowSeconds", "30"),
        body(
            "{" + title + ", 'dvr': {'liveWindowSeconds': '900'}}",
            "dvr.liveWindowSeconds",
            "whole number"),
        body(
            "{" + title + ", 'dvr': {'liveWindowSeconds': 1e99}}",
            "dvr.liveWindowSeconds",
            "whole number"),
        body("{" + title + ", 'titel': 'T'}", "titel", "unknown"),
        body("{" + title + ", 'title': 'T'}", "", "not valid JSON"),
        body("{'title': ", "", "not valid JSON"),
        body("{" + title + "} {}", "", "behind"),
        body("[]", "", "an object"),
        body("null", "", "empty"),
        body("", "", "empty"));
  }

  private static Arguments body(String json, String field, String message) {
    return Arguments.of(json.replace('\'', '"'), field, message);
  }

  @ParameterizedTest
  @MethodSource("brokenBodies")
  void brokenBody_isAProblemThatNamesTheField(String body, String field, String message) {
    Response response =
        Api.as(Tokens.producer()).contentType("application/json").body(body).post(Api.BROADCASTS);

    JsonPath problem = requireProblem(response, 400);
    assertThat(problem.getString("type")).isEqualTo("urn:rostrum:problem:invalid-request");
    assertThat(problem.getString("errors[0].field")).isEqualTo(field);
    assertThat(problem.getString("errors[0].message")).contains(message);
    assertThat(problem.getString("detail")).contains(field);
  }

  @Test
  void patch_titleTakenAway_namesTheField() {
    String id = Api.createPublic("Keeps its title");
    Response response =
        Api.as(Tokens.producer())
            .contentType("application/json")
            .body("{\"title\": null}")
            .patch(Api.BROADCASTS + "/" + id);
    assertThat(requireProblem(response, 400).getString("errors[0].field")).isEqualTo("title");
  }

  @ParameterizedTest
  @MethodSource("brokenQueries")
  void brokenQuery_isAProblemThatNamesTheParameter(String query, String parameter) {
    JsonPath problem =
        requireProblem(
            RestAssured.given().urlEncodingEnabled(false).get(Api.BROADCASTS + "?" + query), 400);
    assertThat(problem.getString("errors[0].field")).isEqualTo(parameter);
  }

  static List<Arguments> brokenQueries() {
    return List.of(
        Arguments.of("limit=0", "limit"),
        Arguments.of("limit=101", "limit"),
        Arguments.of("limit=many", "limit"),
        Arguments.of("state=ALIVE", "state"),
        Arguments.of("cursor=nonsense", "cursor"),
        Arguments.of("cursor=%2e%2e", "cursor"),
        Arguments.of("q=" + "x".repeat(201), "q"),
        Arguments.of("q=a%00b", "q"));
  }

  @Test
  void wrongAddressMethodOrMediaType_isAProblem() {
    String producer = Tokens.producer();
    requireProblem(RestAssured.get(Api.BROADCASTS + "/nosuchbroadcast"), 404);
    requireProblem(RestAssured.get(Api.BROADCASTS + "/..%2f"), 404);
    requireProblem(RestAssured.get("/api/v1/nothing"), 404);
    requireProblem(RestAssured.get("/nothing"), 404);
    requireProblem(Api.as(producer).put(Api.BROADCASTS), 405);
    requireProblem(
        Api.as(producer).contentType("text/plain").body("title").post(Api.BROADCASTS), 415);
    requireProblem(RestAssured.given().accept("image/png").get(Api.BROADCASTS), 406);
    requireProblem(
        Api.as(producer)
            .contentType("application/json")
            .body("{\"title\": \"" + "x".repeat(300_000) + "\"}")
            .post(Api.BROADCASTS),
        413);
  }

  @Test
  void badToken_isAProblemWithChallenge() {
    String expired = Tokens.of("producer", "producer", Set.of(), Duration.ofMinutes(-5));
    for (String token : List.of("nonsense", expired, Tokens.producer() + "x")) {
      Response response =
          Api.as(token).contentType("application/json").body("{}").post(Api.BROADCASTS);
      JsonPath problem = requireProblem(response, 401);
      assertThat(problem.getString("type")).isEqualTo("urn:rostrum:problem:invalid-token");
      assertThat(response.header("WWW-Authenticate")).contains("invalid_token");
    }
  }

  @Test
  void badToken_atAPublicBroadcast_doesNotMatter() {
    String id = Api.createPublic("For everybody");
    Api.as("nonsense").get(Api.BROADCASTS + "/" + id).then().statusCode(200);
    Api.as("nonsense").post(Api.BROADCASTS + "/" + id + "/playback-session").then().statusCode(200);
    Api.as("nonsense").get(Api.BROADCASTS + "/" + id + "/timeline").then().statusCode(200);
  }

  private static JsonPath requireProblem(Response response, int status) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    assertThat(response.asString()).doesNotContain("io.rostrum", "java.", "Exception", "jackson");
    JsonPath problem = response.jsonPath();
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("type")).startsWith("urn:rostrum:problem:");
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    return problem;
  }
}
