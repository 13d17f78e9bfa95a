package io.rostrum.playback.testing;

import io.rostrum.contracts.Ids;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What a test of the running service needs: somebody who writes, somebody who watches. */
public final class PlaybackNode implements AutoCloseable {
  public final Publisher publisher;
  public final Viewer viewer;

  public PlaybackNode() {
    Config config = ConfigProvider.getConfig();
    this.publisher =
        new Publisher(
            config.getValue("kafka.bootstrap.servers", String.class),
            config.getValue("rostrum.s3.endpoint", String.class),
            config.getValue("rostrum.s3.access-key", String.class),
            config.getValue("rostrum.s3.secret-key", String.class),
            config.getValue("rostrum.s3.bucket", String.class));
    this.viewer = new Viewer(config.getValue("quarkus.http.port", Integer.class));
    Viewer.eventually("ready", () -> viewer.get("/q/health/ready").statusCode() == 200);
  }

  /** A public broadcast that the node knows. */
  public String newBroadcast() {
    String id = Ids.newBroadcastId();
    publisher.publicIntent(id);
    known(id);
    return id;
  }

  public void known(String id) {
    Viewer.eventually(
        "intent read",
        () -> !viewer.get("/hls/" + id + "/index.m3u8").body().contains("no such broadcast"));
  }

  /** A segment with everything that belongs to it. */
  public void segment(String id, Script script, long msn) {
    publisher.facts(script.open(msn));
    publisher.parts(id, script.parts(msn));
    publisher.facts(script.close(msn));
  }

  /** Waits until the playlist lists the segment. */
  public void listed(String id, long msn) {
    Viewer.eventually(
        "segment " + msn + " listed",
        () ->
            viewer.get("/hls/" + id + "/source.m3u8").body().contains("\nsource/" + msn + ".m4s"));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
