package io.rostrum.localstack.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The few calls the launcher makes to the running stack: sign in, create a broadcast, end it. */
final class Api {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final Network network;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  Api(Network network) {
    this.network = network;
  }

  /** An access token of a demo user, whose password is the name. */
  String token(String user) throws IOException, InterruptedException {
    String form =
        Map.of(
                "grant_type", "password",
                "client_id", "rostrum-web",
                "scope", "openid",
                "username", user,
                "password", user)
            .entrySet()
            .stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    network.localUrl(StackPort.KEYCLOAK)
                        + "/realms/rostrum/protocol/openid-connect/token"))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return send(request, 200).path("access_token").asText();
  }

  /** Creates a broadcast that everybody may watch. */
  JsonNode createPublicBroadcast(String token, String title, String description)
      throws IOException, InterruptedException {
    var body = JSON.createObjectNode().put("title", title).put("description", description);
    body.putObject("audience").putArray("rules").addObject().put("kind", "PUBLIC");
    return send(authorized("/broadcasts", token).POST(json(body)).build(), 201);
  }

  JsonNode broadcast(String token, String id) throws IOException, InterruptedException {
    return send(authorized("/broadcasts/" + encoded(id), token).GET().build(), 200);
  }

  void end(String token, String id) throws IOException, InterruptedException {
    HttpRequest request =
        authorized("/broadcasts/" + encoded(id) + "/end", token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    send(request, 200, 202, 204);
  }

  private HttpRequest.Builder authorized(String path, String token) {
    return HttpRequest.newBuilder(URI.create(network.localUrl(StackPort.EDGE) + "/api/v1" + path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private JsonNode send(HttpRequest request, int... expected)
      throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    for (int status : expected) {
      if (response.statusCode() == status) {
        return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
      }
    }
    throw new IOException(
        request.method()
            + " "
            + request.uri().getPath()
            + " was answered with "
            + response.statusCode()
            + ": "
            + response.body());
  }

  private static HttpRequest.BodyPublisher json(JsonNode body) throws IOException {
    return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
