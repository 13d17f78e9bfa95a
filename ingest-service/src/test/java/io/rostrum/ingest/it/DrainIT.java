package io.rostrum.ingest.it;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.EndReason;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.rtmp.amf0.Amf0Value;
import io.rostrum.rtmp.message.Message;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node that stops: it asks those who understand to go elsewhere, and waits for them. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(DrainIT.LongDrain.class)
class DrainIT extends IngestSetUp {

  /** Longer than the test is meant to take: nothing ends because time is up. */
  public static final class LongDrain implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(new ShortTimes().getConfigOverrides());
      config.put("rostrum.ingest.drain-timeout", "120s");
      config.put("rostrum.ingest.rtmp.idle-timeout", "60s");
      config.put("rostrum.ingest.rtmp.first-media-timeout", "60s");
      return config;
    }
  }

  @Test
  void publisherThatUnderstands_isAsked_andItsPublicationIsWhole() throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port());
        RawPublisher waiting = new RawPublisher(server.port())) {
      publisher.publish(key.reveal(), Map.of("capsEx", Amf0Value.of(1)));
      publishTone(publisher, 0, 200);
      topic.awaitRecord(id, SourceRecord.Chunk.class::isInstance);

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
      try {
        assertThat(RawPublisher.code(publisher.status()))
            .isEqualTo("NetConnection.Connect.ReconnectRequest");
        // It is still heard, nobody else is let in, and no load balancer sends anybody.
        assertThat(stopped).isNotDone();
        assertThat(RawPublisher.description(waiting.publish(key.reveal())))
            .contains("shutting down");
        get("/q/health/ready").then().statusCode(503);
        publishTone(publisher, 200, 300);
        publisher.finish();

        stopped.get(60, TimeUnit.SECONDS);
      } finally {
        server.start();
      }
    }

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertSequenceWithoutHoles(records);
    assertThat(lastEnd(records).reason()).isEqualTo(EndReason.PUBLISHER_LEFT);
    int units = 0;
    for (SourceRecord.Chunk chunk : chunks(records, 2)) {
      units += io.rostrum.media.cmaf.Fragment.readAll(chunk.payloadBytes()).get(0).samples().size();
    }
    assertThat(units).isEqualTo(300);
  }

  private static void publishTone(RawPublisher publisher, int from, int to) throws IOException {
    publisher.send(new Message.Audio(1, 0, new byte[] {(byte) 0xAF, 0, 0x11, (byte) 0x90}));
    for (int i = from; i < to; i++) {
      byte[] frame = {(byte) 0xAF, 1, 0x21, 0, 1, 2, 3};
      publisher.send(new Message.Audio(1, i * 1024L / 48, frame));
    }
  }
}
