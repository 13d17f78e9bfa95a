package io.rostrum.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * A presenter on the studio's real go-live page, with two cameras and a microphone, whose way to
 * the ingest service can break; driven by {@code browser/presenter.mjs}.
 */
final class Studio implements AutoCloseable {
  private final PageDriver page = new PageDriver("presenter.mjs");

  Studio() throws IOException {}

  /** Signs in and opens the go-live page of a broadcast. */
  void open(Api.Broadcast broadcast) throws IOException {
    page.call("open", broadcast.watchUrl());
  }

  /** From now on nothing but TURN gets out of its network. */
  void confine() throws IOException {
    page.call("confine", "");
  }

  /** Lets the page have cameras and microphones. */
  void permit() throws IOException {
    page.call("permit", "");
  }

  /** Waits until one of the {@link #facts} matches, and gives them all. */
  JsonNode await(String fact, String pattern) throws IOException {
    return page.call("wait", fact + " " + pattern);
  }

  /** Presses what has the test id. */
  void press(String testId) throws IOException {
    page.call("press", testId);
  }

  /** Takes another camera, by its place in the list. */
  void chooseCamera(int index) throws IOException {
    page.call("choose", "camera " + index);
  }

  /** Nothing goes through any more on the ways to the server that were found so far. */
  void cut() throws IOException {
    page.call("cut", "");
  }

  /** What the page shows and says, and what it has asked of the WHIP address. */
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
