package io.rostrum.localstack.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rostrum.localstack.process.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Readiness of a service as its own health checks see it (Eclipse MicroProfile Health 4.0, §3). Of
 * one that is not ready the names and data of the checks that fail are told.
 *
 * @param url of {@code /q/health/ready}
 */
record ServiceHealth(String url) implements Readiness {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_TIMEOUT_MS = 500;
  private static final int READ_TIMEOUT_MS = 3_000;

  @Override
  public void check() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_TIMEOUT_MS);
    connection.setReadTimeout(READ_TIMEOUT_MS);
    try {
      int status = connection.getResponseCode();
      InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
      byte[] document = body == null ? new byte[0] : body.readAllBytes();
      if (status != 200) {
        throw new IOException(url + " answers " + status + failing(document));
      }
    } finally {
      connection.disconnect();
    }
  }

  private static String failing(byte[] document) {
    List<String> checks = new ArrayList<>();
    try {
      for (JsonNode check : JSON.readTree(document).path("checks")) {
        if (!check.path("status").asText().equals("UP")) {
          checks.add(
              check.path("name").asText() + (check.has("data") ? " " + check.path("data") : ""));
        }
      }
    } catch (IOException notJson) {
      return "";
    }
    return checks.isEmpty() ? "" : ", not ready is: " + String.join("; ", checks);
  }
}
