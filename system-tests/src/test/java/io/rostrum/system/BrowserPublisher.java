package io.rostrum.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A presenter in headless Chromium: a plain page that sends a camera, a tab or what it paints to a
 * WHIP address, driven by {@code browser/whip-publish.mjs}. It publishes from {@link
 * #awaitConnected} to {@link #end}; closing it is kill -9.
 */
final class BrowserPublisher implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long END_SECONDS = 60;

  private final Process process;
  private final BufferedReader said;

  /**
   * @param wish what to send, as the script reads it; without "seconds" it publishes until {@link
   *     #end}
   */
  BrowserPublisher(Api.Broadcast broadcast, Map<String, Object> wish) throws IOException {
    Path log = Rostrum.checkout().resolve("system-tests/target/browser-publisher.log");
    Files.createDirectories(log.getParent());
    ObjectNode whole = JSON.valueToTree(wish);
    whole.put("url", broadcast.whipUrl()).put("key", broadcast.streamKey());
    whole.put("untilTold", !whole.has("seconds"));
    process =
        new ProcessBuilder("node", "whip-publish.mjs", whole.toString())
            .directory(Rostrum.checkout().resolve("system-tests/browser").toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Waits until the peer connection is up. */
  void awaitConnected() throws IOException {
    await("connected");
  }

  /**
   * Stops publishing as a page does, or waits until the seconds are over that were wished for;
   * gives the sender's statistics.
   */
  JsonNode end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    JsonNode statistics = await("statistics");
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("the publishing browser did not end well");
    }
    return statistics;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private JsonNode await(String what) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      JsonNode fact = JSON.readTree(line);
      if (fact.has("error")) {
        throw new AssertionError("the browser cannot publish: " + fact.get("error").asText());
      }
      if (fact.has(what)) {
        return fact.get(what);
      }
    }
    throw new AssertionError(
        "the publishing browser ended without saying "
            + what
            + ", see system-tests/target/browser-publisher.log");
  }
}
