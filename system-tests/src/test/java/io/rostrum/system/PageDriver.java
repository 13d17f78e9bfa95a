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
 * A page in headless Chromium and the script under {@code browser/} that drives it line by line.
 * Each call returns when what it asks for is so, or throws with what the page said.
 */
final class PageDriver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final OutputStream requests;
  private final BufferedReader answers;

  PageDriver(String script) throws IOException {
    Path folder = Rostrum.checkout().resolve("system-tests/browser");
    Path log = Rostrum.checkout().resolve("system-tests/target/browser.log");
    Files.createDirectories(log.getParent());
    process =
        new ProcessBuilder("node", script)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    requests = process.getOutputStream();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  JsonNode call(String what, String argument) throws IOException {
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
}
