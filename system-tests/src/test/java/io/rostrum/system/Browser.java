package io.rostrum.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A viewer: the real watch page in headless Chromium, driven by {@code browser/viewer.mjs} line by
 * line. Each call returns when what it asks for is so, or throws with what the page said.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final OutputStream requests;
  private final BufferedReader answers;

  Browser() throws IOException {
    Path folder = Rostrum.checkout().resolve("system-tests/browser");
    Path log = Rostrum.checkout().resolve("system-tests/target/browser.log");
    Files.createDirectories(log.getParent());
    process =
        new ProcessBuilder("node", "viewer.mjs")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    requests = process.getOutputStream();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Opens a page. */
  void open(String url) throws IOException {
    call("open", url);
  }

  /** Waits until the page's state is one of {@code states}, separated by bars. */
  void awaitState(String states) throws IOException {
    call("state", states);
  }

  /**
   * Waits until the picture moves at or behind {@code seconds}: time goes on and new frames are
   * decoded.
   */
  JsonNode awaitPlaying(double seconds) throws IOException {
    return call("playing", Double.toString(seconds));
  }

  /** Presses what has the test id. */
  void press(String testId) throws IOException {
    call("press", testId);
  }

  /** Seeks to a time in the timeline. */
  void seek(double seconds) throws IOException {
    call("seek", Double.toString(seconds));
  }

  /** Has no network until the newest playlist is {@code seconds} old. */
  void offline(double seconds) throws IOException {
    call("offline", Double.toString(seconds));
  }

  /** Waits until it plays less than {@code seconds} behind the live edge. */
  void awaitLatency(double seconds) throws IOException {
    call("latency", Double.toString(seconds));
  }

  /** Plays faster or slower; 1 is as it was recorded. */
  void rate(double factor) throws IOException {
    call("rate", Double.toString(factor));
  }

  /** Waits for the video's {@code ended} event. */
  void awaitEnded() throws IOException {
    call("ended", "");
  }

  /** What the player is doing. */
  JsonNode facts() throws IOException {
    return call("facts", "");
  }

  /** Keeps a picture of the page under {@code target/screenshots}. */
  void screenshot(String name) throws IOException {
    Path folder = Rostrum.checkout().resolve("system-tests/target/screenshots");
    Files.createDirectories(folder);
    call("screenshot", folder.resolve(name + ".png").toString());
  }

  @Override
  public void close() throws IOException {
    try {
      call("close", "");
    } finally {
      process.destroy();
    }
  }

  private JsonNode call(String what, String argument) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("what", what).put("argument", argument);
    requests.write((request + "\n").getBytes(StandardCharsets.UTF_8));
    requests.flush();
    String line = answers.readLine();
    if (line == null) {
      throw new AssertionError("the browser driver is gone, see system-tests/target/browser.log");
    }
    JsonNode answer = JSON.readTree(line);
    if (answer.has("error")) {
      throw new AssertionError(what + " " + argument + ": " + answer.get("error").asText());
    }
    return answer.get("result");
  }
}
