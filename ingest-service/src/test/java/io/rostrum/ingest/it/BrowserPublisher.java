package io.rostrum.ingest.it;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real browser that publishes: {@code system-tests/browser/whip-publish.mjs}. */
final class BrowserPublisher implements AutoCloseable {

  private static final Path SCRIPTS = Path.of("../system-tests/browser");

  private final Process process;
  private final BufferedReader said;

  private BrowserPublisher(Process process) {
    this.process = process;
    this.said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * @param wish as the script reads it
   */
  static BrowserPublisher start(Map<String, Object> wish) throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(SCRIPTS.resolve("node_modules")),
        "No browser driver: run npm ci in system-tests/browser");
    return new BrowserPublisher(
        new ProcessBuilder("node", "whip-publish.mjs", new JsonObject(wish).encode())
            .directory(SCRIPTS.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Waits for something that it says, and returns it. */
  JsonObject await(String what) throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      JsonObject fact = new JsonObject(line);
      if (fact.containsKey(what)) {
        return fact.getJsonObject(what, fact);
      }
      if (fact.containsKey("error")) {
        throw new AssertionError("the browser could not publish: " + fact.getString("error"));
      }
    }
    throw new AssertionError("the browser ended without saying " + what);
  }

  /** What it says goes wrong. */
  String awaitError() throws IOException {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      JsonObject fact = new JsonObject(line);
      if (fact.containsKey("error")) {
        return fact.getString("error");
      }
    }
    throw new AssertionError("the browser found nothing wrong");
  }

  /** Waits until it has published what it should; returns its statistics. */
  JsonObject awaitEnd() throws IOException, InterruptedException {
    await("connected");
    JsonObject statistics = await("statistics");
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the browser does not end");
    }
    return statistics;
  }

  /** kill -9 of the driver and its browser. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    kill();
  }
}
