package io.rostrum.localstack.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.rostrum.localstack.demo.DemoProgram;
import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The broadcast that the demo publishes to. */
final class DemoBroadcast {

  static final String TITLE = "Demo town hall";
  private static final String USER = "producer";
  private static final int END_POLLS = 50;

  private final StackLayout layout;
  private final Api api;

  DemoBroadcast(StackLayout layout) {
    this.layout = layout;
    this.api = new Api(layout.network());
  }

  /** Creates a new one and hands its address to the publisher's next start. */
  void create() throws IOException, InterruptedException, StartFailure {
    try {
      JsonNode broadcast =
          api.createPublicBroadcast(
              api.token(USER),
              TITLE,
              "A test picture with a clock and a tone, made by ./rostrum demo");
      JsonNode ingest = broadcast.path("ingest");
      new DemoProgram.Target(
              broadcast.path("id").asText(),
              broadcast.path("watchUrl").asText(),
              ingest.path("rtmpUrl").asText(),
              ingest.path("streamKey").asText())
          .write(layout.data().of(StackLayout.DEMO));
    } catch (IOException e) {
      throw new StartFailure(
          "The demo's broadcast could not be created: "
              + e.getMessage()
              + "\nSee "
              + layout.data().command("logs catalog"),
          e);
    }
  }

  /** Where to watch it. */
  String watchUrl() throws IOException {
    return DemoProgram.Target.read(layout.data().of(StackLayout.DEMO)).watchUrl();
  }

  /**
   * Ends it, so that it is a replay when the stack comes up again; gives the encoder some seconds.
   *
   * @return whether it ended; if not it is AWAY until its autoEnd
   */
  boolean end() throws InterruptedException {
    try {
      String id = DemoProgram.Target.read(layout.data().of(StackLayout.DEMO)).broadcastId();
      String token = api.token(USER);
      api.end(token, id);
      for (int poll = 0; poll < END_POLLS; poll++) {
        if (api.broadcast(token, id).path("state").asText().equals("ENDED")) {
          return true;
        }
        // The catalog is asked; it does not call back.
        TimeUnit.MILLISECONDS.sleep(100);
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
