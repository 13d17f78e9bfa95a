package io.rostrum.catalog;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.Map;

/** Calls that many tests begin with. */
public final class Api {
  /** Where broadcasts are. */
  public static final String BROADCASTS = "/api/v1/broadcasts";

  /** Audience of a public broadcast. */
  public static final Map<String, Object> PUBLIC = audience(Map.of("kind", "PUBLIC"));

  private Api() {}

  /** A request with this token. */
  public static RequestSpecification as(String token) {
    return given().auth().oauth2(token);
  }

  /** An audience with these rules. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static Map<String, Object> audience(Map<String, Object>... rules) {
    return Map.of("rules", Arrays.asList(rules));
  }

  /** Creates a broadcast as the producer. */
  public static JsonPath create(Map<String, Object> body) {
    return as(Tokens.producer())
        .contentType(ContentType.JSON)
        .body(body)
        .post(BROADCASTS)
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  /** Creates a broadcast with this title for everybody. */
  public static String createPublic(String title) {
    return create(Map.of("title", title, "audience", PUBLIC)).getString("id");
  }
}
