package io.rostrum.catalog.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.rostrum.catalog.Api;
import io.rostrum.catalog.Tokens;
import io.rostrum.catalog.stack.StackResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Invariant 1: the identity provider may be away, from the very start and at any time later. */
@QuarkusTest
@TestProfile(IdentityProviderAwayTest.Profile.class)
class IdentityProviderAwayTest {
  @AbsentIdentityProvider.Here AbsentIdentityProvider.Provider provider;

  @Test
  void provider_comesAndGoes_publicReadsAlwaysWork() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> RestAssured.get("/q/health/ready").statusCode(), status -> status == 200);
    requirePublicReads();
    RestAssured.given()
        .contentType(ContentType.JSON)
        .body(Map.of("title", "Nobody"))
        .post(Api.BROADCASTS)
        .then()
        .statusCode(401);
    Response unchecked = create();
    assertThat(unchecked.statusCode()).as(unchecked.asString()).isEqualTo(503);
    assertThat(unchecked.jsonPath().getString("type"))
        .isEqualTo("urn:rostrum:problem:identity-provider-away");

    provider.start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> create().statusCode(), status -> status == 201);

    provider.stop();
    assertThat(create().statusCode()).as("keys once fetched are kept").isEqualTo(201);
    requirePublicReads();
  }

  private static void requirePublicReads() {
    RestAssured.get(Api.BROADCASTS).then().statusCode(200);
    RestAssured.get(Api.BROADCASTS + "/nosuchbroadcast").then().statusCode(404);
    RestAssured.get("/api/openapi").then().statusCode(200);
  }

  private static Response create() {
    return Api.as(Tokens.producer())
        .contentType(ContentType.JSON)
        .body(Map.of("title", "Somebody"))
        .post(Api.BROADCASTS);
  }

  /** The stack, and no provider. */
  public static final class Profile implements QuarkusTestProfile {
    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(StackResource.class),
          new TestResourceEntry(AbsentIdentityProvider.class));
    }
  }
}
