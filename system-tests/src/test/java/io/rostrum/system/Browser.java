package io.rostrum.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * A viewer: the real watch page in headless Chromium, driven by {@code browser/viewer.mjs} line by
 * line. Each call returns when what it asks for is so, or throws with what the page said.
 */
final class Browser implements AutoCloseable {
  private final PageDriver page = new PageDriver("viewer.mjs");

  Browser() throws IOException {}

  /** Opens a page. */
  void open(String url) throws IOException {
    page.call("open", url);
  }

  /** Gives the window a size, in CSS pixels; 1280 by 800 until then. */
  void resize(int width, int height) throws IOException {
    page.call("size", width + "x" + height);
  }

  /** Waits until the page's state is one of {@code states}, separated by bars. */
  void awaitState(String states) throws IOException {
    page.call("state", states);
  }

  /**
   * Waits until the picture moves at or behind {@code seconds}: time goes on and new frames are
   * decoded.
   */
  JsonNode awaitPlaying(double seconds) throws IOException {
    return page.call("playing", Double.toString(seconds));
  }

  /** Presses what has the test id. */
  void press(String testId) throws IOException {
    page.call("press", testId);
  }

  /** Seeks to a time in the timeline. */
  void seek(double seconds) throws IOException {
    page.call("seek", Double.toString(seconds));
  }

  /** Has no network until the newest playlist is {@code seconds} old. */
  void offline(double seconds) throws IOException {
    page.call("offline", Double.toString(seconds));
  }

  /** Waits until it plays less than {@code seconds} behind the live edge. */
  void awaitLatency(double seconds) throws IOException {
    page.call("latency", Double.toString(seconds));
  }

  /** Plays faster or slower; 1 is as it was recorded. */
  void rate(double factor) throws IOException {
    page.call("rate", Double.toString(factor));
  }

  /** Waits for the video's {@code ended} event. */
  void awaitEnded() throws IOException {
    page.call("ended", "");
  }

  /** What the player is doing. */
  JsonNode facts() throws IOException {
    return page.call("facts", "");
  }

  /** Keeps a picture of the page under {@code target/screenshots}. */
  void screenshot(String name) throws IOException {
    page.screenshot(name);
  }

  @Override
  public void close() throws IOException {
    page.close();
  }
}
