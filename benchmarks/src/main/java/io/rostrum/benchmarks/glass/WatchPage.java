package io.rostrum.benchmarks.glass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rostrum.benchmarks.MissingProgram;
import io.rostrum.benchmarks.process.Executables;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The watch page in headless Chromium, spoken to over the DevTools protocol: what a viewer has, and
 * a way to ask the page.
 */
final class WatchPage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What tells why a page does not do what is waited for. */
  private static final String FACTS =
      "JSON.stringify({...document.documentElement.dataset, time: window.rostrum?.video?.currentTime,"
          + " ready: window.rostrum?.video?.readyState, paused: window.rostrum?.video?.paused,"
          + " events: window.rostrum?.events, errors: window.rostrum?.errors})";

  private final Process chromium;
  private final Path profile;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private WebSocket socket;

  private WatchPage(Process chromium, Path profile) {
    this.chromium = chromium;
    this.profile = profile;
  }

  static WatchPage open(String url) throws IOException, InterruptedException, MissingProgram {
    Path profile = Files.createTempDirectory("rostrum-bench-chromium-");
    Process chromium =
        new ProcessBuilder(
                Executables.find("chromium", "Debian: sudo apt-get install chromium.").toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--mute-audio",
                "--autoplay-policy=no-user-gesture-required",
                "--ignore-certificate-errors",
                "--window-size=1280,800",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    WatchPage page = new WatchPage(chromium, profile);
    try {
      page.connect(url);
      return page;
    } catch (IOException | InterruptedException | RuntimeException e) {
      page.close();
      throw e;
    }
  }

  private void connect(String url) throws IOException, InterruptedException {
    Path ports = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(ports) || Files.readAllLines(ports).isEmpty()) {
      if (!chromium.isAlive() || System.nanoTime() > deadline) {
        throw new IOException(
            "Chromium does not start: " + Files.readString(profile.resolve("chromium.log")));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    String port = Files.readAllLines(ports).get(0);
    URI open =
        URI.create(
            "http://127.0.0.1:"
                + port
                + "/json/new?"
                + URLEncoder.encode(url, StandardCharsets.UTF_8));
    JsonNode target =
        JSON.readTree(
            http.send(
                    HttpRequest.newBuilder(open).PUT(HttpRequest.BodyPublishers.noBody()).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
    socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(target.get("webSocketDebuggerUrl").asText()), new Answers())
            .join();
  }

  /** Evaluates an expression in the page until it is true. */
  void await(String condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!evaluate(condition).asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "it did not come true in the page: " + condition + "\nthe page: " + evaluate(FACTS));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** The value of an expression in the page, which must be JSON. */
  JsonNode evaluate(String expression) throws IOException, InterruptedException {
    ObjectNode parameters = JSON.createObjectNode();
    parameters.put("expression", expression).put("returnByValue", true);
    JsonNode answer = call("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new IOException("in the page: " + answer.get("exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  /** Keeps a picture of the page. */
  void screenshot(Path file) throws IOException, InterruptedException {
    ObjectNode parameters = JSON.createObjectNode().put("format", "png");
    String picture = call("Page.captureScreenshot", parameters).get("data").asText();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  private JsonNode call(String method, ObjectNode parameters)
      throws IOException, InterruptedException {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    try {
      JsonNode said = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (said.has("error")) {
        throw new IOException(method + ": " + said.get("error"));
      }
      return said.get("result");
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(method + " was not answered", e);
    } finally {
      answers.remove(id);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    chromium.descendants().forEach(ProcessHandle::destroy);
    chromium.destroy();
    if (!chromium.waitFor(10, TimeUnit.SECONDS)) {
      chromium.destroyForcibly().waitFor();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | java.io.UncheckedIOException stillWritten) {
      System.err.println("left behind: " + profile);
    }
  }

  /** Puts messages together and hands them to who waits. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        complete(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void complete(String message) {
      try {
        JsonNode said = JSON.readTree(message);
        CompletableFuture<JsonNode> waiting =
            said.has("id") ? answers.get(said.get("id").asInt()) : null;
        if (waiting != null) {
          waiting.complete(said);
        }
      } catch (IOException e) {
        answers.values().forEach(waiting -> waiting.completeExceptionally(e));
      }
    }
  }
}
