package io.rostrum.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** HTTP as any client of the system speaks it. */
final class Api {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String origin;

  Api(Rostrum rostrum) {
    origin = rostrum.origin();
  }

  /** An answer with its body as text. */
  record Answer(int status, String body, HttpResponse<?> response) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + body, e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }

  /** A broadcast as the API tells it when it is made. */
  record Broadcast(String id, String watchUrl, String hlsUrl, String whipUrl, String streamKey) {}

  /** Makes a public broadcast. */
  Broadcast create(String token, String title) {
    Answer answer =
        send(
            "POST",
            "/api/v1/broadcasts",
            token,
            "{\"title\":\"" + title + "\",\"audience\":{\"rules\":[{\"kind\":\"PUBLIC\"}]}}");
    if (answer.status() != 201) {
      throw new AssertionError("broadcast not created: " + answer);
    }
    JsonNode json = answer.json();
    return new Broadcast(
        json.get("id").asText(),
        json.get("watchUrl").asText(),
        json.get("hlsUrl").asText(),
        json.at("/ingest/whipUrl").asText(),
        json.at("/ingest/streamKey").asText());
  }

  Answer get(String path) {
    return send("GET", path, null, null);
  }

  /**
   * @param token an access token; null for none
   * @param body JSON; null for none
   */
  Answer send(String method, String path, String token, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : origin + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      return new Answer(0, e.toString(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
