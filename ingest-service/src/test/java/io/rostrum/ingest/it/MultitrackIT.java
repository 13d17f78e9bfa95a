package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.PublicationStart;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.media.cmaf.InitSegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two video tracks in one publication, as ffmpeg and OBS send them. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(IngestSetUp.ShortTimes.class)
class MultitrackIT extends IngestSetUp {

  @Test
  void firstTrackIsUsed_andTheOthersAreReported() throws Exception {
    Path first = clip("first.flv", 8, "30", "-g", "60", "-bf", "2");
    Path second = clip("second.flv", 8, "30", "-g", "60", "-s", "160x120");

    try (Ffmpeg.Run run =
        ffmpeg.start(
            "-re",
            "-i",
            first.toString(),
            "-i",
            second.toString(),
            "-map",
            "0:v",
            "-map",
            "1:v",
            "-map",
            "0:a",
            "-c",
            "copy",
            "-f",
            "flv",
            url())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  RestAssured.get("/q/metrics")
                      .asString()
                      .lines()
                      .filter(line -> line.startsWith("rostrum_ingest_publisher_warnings"))
                      .filter(line -> line.contains(id))
                      .anyMatch(line -> !line.endsWith(" 0.0")));
      run.await();
    }

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertSequenceWithoutHoles(records);
    assertThat(InitSegment.read(((PublicationStart) records.get(0)).init())).hasSize(2);
    assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", false))
        .isEqualTo(ffmpeg.frameHashes(first, "0:v", false));
  }
}
