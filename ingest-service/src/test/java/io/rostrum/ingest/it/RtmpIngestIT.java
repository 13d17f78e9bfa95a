package io.rostrum.ingest.it;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.Chunk;
import io.rostrum.contracts.source.SourceRecord.EndReason;
import io.rostrum.contracts.source.SourceRecord.PublicationEnd;
import io.rostrum.contracts.source.SourceRecord.PublicationStart;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.ingest.Intents;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.rtmp.message.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service with a real Kafka; published to over TCP by a real ffmpeg, or byte by byte. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(IngestSetUp.ShortTimes.class)
class RtmpIngestIT extends IngestSetUp {

  @Test
  void publishedFile_readFromTheSourceTopic_hasTheSameFrames() throws Exception {
    Path file = clip("frames.flv", 9, "30000/1001", "-bf", "3", "-g", "60");

    ffmpeg.run("-i", file.toString(), "-c", "copy", "-f", "flv", url());

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertSequenceWithoutHoles(records);
    PublicationStart start = (PublicationStart) records.get(0);
    assertThat(start.keyId()).isEqualTo(key.keyId());
    assertThat(start.pdt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(((PublicationEnd) records.get(records.size() - 1)).reason())
        .isEqualTo(EndReason.PUBLISHER_LEFT);
    Path received = SourceTopic.toFile(folder, records);
    assertThat(ffmpeg.frameHashes(received, "0:v", false))
        .hasSize(270)
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
    assertThat(ffmpeg.frameHashes(received, "0:a", true))
        .isEqualTo(ffmpeg.frameHashes(file, "0:a", true));
  }

  @Test
  void chunks_areShortContiguousAndFlagged() throws Exception {
    Path file = clip("chunks.flv", 9, "60", "-bf", "2", "-g", "120");

    ffmpeg.run("-i", file.toString(), "-c", "copy", "-f", "flv", url());

    List<Chunk> chunks = chunks(topic.awaitEnds(id, 1), 1);
    List<Long> segmentStarts = new ArrayList<>();
    long expected = -1;
    long partTicks = 0;
    for (Chunk chunk : chunks) {
      List<AccessUnit> units = Fragment.readAll(chunk.payloadBytes()).get(0).samples();
      long duration = units.stream().mapToLong(AccessUnit::durationTicks).sum();
      assertThat(duration).isLessThanOrEqualTo(9000);
      // 60 frames/s in whole milliseconds: rebuilt to exactly 1500 ticks.
      assertThat(units).allMatch(unit -> unit.durationTicks() == 1500);
      if (expected >= 0) {
        assertThat(units.get(0).decodeTimeTicks()).isEqualTo(expected);
      }
      expected = units.get(0).decodeTimeTicks() + duration;
      if (chunk.partStart()) {
        partTicks = 0;
      }
      partTicks += duration;
      assertThat(partTicks).isLessThanOrEqualTo(45_000);
      if (chunk.segmentStart()) {
        assertThat(chunk.partStart() && chunk.sync()).isTrue();
        assertThat(units.get(0).compositionOffsetTicks()).isZero();
        segmentStarts.add((units.get(0).decodeTimeTicks() - firstTicks(chunks)) / 90_000);
      }
    }
    assertThat(segmentStarts).containsExactly(0L, 2L, 6L);
  }

  @Test
  void audioOnly_isPublished() throws Exception {
    Path file = folder.resolve("audio.flv");
    ffmpeg.run("-f", "lavfi", "-i", "sine=440:d=6", "-c:a", "aac", "-ar", "44100", file.toString());

    ffmpeg.run("-i", file.toString(), "-c", "copy", "-f", "flv", url());

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertThat(chunks(records, 2)).filteredOn(Chunk::segmentStart).hasSize(2);
    assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:a", true))
        .isEqualTo(ffmpeg.frameHashes(file, "0:a", true));
  }

  @Test
  void videoOnly_isPublished() throws Exception {
    Path file = folder.resolve("video.flv");
    ffmpeg.run(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=320x240:r=25:d=5",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-g",
        "25",
        file.toString());

    ffmpeg.run("-i", file.toString(), "-c", "copy", "-f", "flv", url());

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", false))
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
  }

  @Test
  void wrongKey_isRefusedWithAStatusThatTellsWhy() throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      Message.Command status = publisher.publish(StreamKey.generate().reveal());

      assertThat(RawPublisher.code(status)).isEqualTo("NetStream.Publish.BadName");
      assertThat(RawPublisher.description(status)).contains("Unknown or revoked stream key");
      assertThat(publisher.isClosedByServer()).isTrue();
    }
  }

  @Test
  void wrongKey_ffmpegShowsTheReason() throws Exception {
    Path file = clip("wrong.flv", 1, "30");
    try (Ffmpeg.Run run =
        ffmpeg.start(
            "-i",
            file.toString(),
            "-c",
            "copy",
            "-f",
            "flv",
            "rtmp://127.0.0.1:" + server.port() + "/live/" + StreamKey.generate().reveal())) {
      assertThat(run.await()).isNotZero();
      assertThat(run.log()).contains("Unknown or revoked stream key");
    }
  }

  @Test
  void endRequest_writesTheEndAndClosesTheConnection_andNobodyMayReturn() throws Exception {
    Path file = clip("end.flv", 30, "30", "-g", "30");
    try (Ffmpeg.Run run = publishInRealTime(file)) {
      topic.awaitRecord(id, Chunk.class::isInstance);

      topic.intent(Intents.ending(id, key));

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      assertThat(records.get(records.size() - 1))
          .isInstanceOfSatisfying(
              PublicationEnd.class,
              end -> {
                assertThat(end.reason()).isEqualTo(EndReason.BROADCAST_ENDED);
                assertThat(end.endsBroadcast()).isTrue();
              });
      assertSequenceWithoutHoles(records);
      run.await();
    }
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      Message.Command status = publisher.publish(key.reveal());
      assertThat(RawPublisher.code(status)).isEqualTo("NetStream.Publish.Denied");
      assertThat(RawPublisher.description(status)).contains("has ended");
    }
  }

  @Test
  void endOnTheTimeline_refusesPublishers() throws Exception {
    topic.fact(id, 0, new Fact.End(Fact.End.Reason.PUBLISHER_AWAY, 0, 0, Instant.now()));

    await()
        .untilAsserted(
            () -> {
              try (RawPublisher publisher = new RawPublisher(server.port())) {
                assertThat(RawPublisher.description(publisher.publish(key.reveal())))
                    .contains("has ended");
              }
            });
  }

  @Test
  void revokedKey_endsThePublication() throws Exception {
    try (Ffmpeg.Run run = publishInRealTime(clip("revoked.flv", 30, "30", "-g", "30"))) {
      topic.awaitRecord(id, Chunk.class::isInstance);

      topic.intent(Intents.open(id, true, StreamKey.generate()));

      assertThat(lastEnd(topic.awaitEnds(id, 1)).reason()).isEqualTo(EndReason.REVOKED);
      run.await();
    }
  }

  @Test
  void secondPublisher_takesOver_whereTheBroadcastAllowsIt() throws Exception {
    Path file = clip("takeover.flv", 30, "30", "-g", "30");
    try (Ffmpeg.Run first = publishInRealTime(file)) {
      topic.awaitRecord(id, Chunk.class::isInstance);
      try (Ffmpeg.Run second = publishInRealTime(file)) {
        List<SourceRecord> records = topic.awaitEnds(id, 1);
        first.await();

        assertThat(lastEnd(records).reason()).isEqualTo(EndReason.SUPERSEDED);
        assertThat(second.isAlive()).isTrue();
      }
    }
  }

  @Test
  void secondPublisher_isRefused_whereTheBroadcastForbidsIt() throws Exception {
    topic.intent(Intents.open(id, false, key));
    try (Ffmpeg.Run first = publishInRealTime(clip("taken.flv", 30, "30", "-g", "30"))) {
      topic.awaitRecord(id, Chunk.class::isInstance);
      try (RawPublisher second = new RawPublisher(server.port())) {
        assertThat(RawPublisher.description(second.publish(key.reveal())))
            .contains("already publishing");
      }
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void killedPublisher_endsItsPublication_andItsSuccessorIsANewOne() throws Exception {
    Path file = clip("killed.flv", 30, "30", "-g", "30");
    try (Ffmpeg.Run run = publishInRealTime(file)) {
      topic.awaitRecord(id, Chunk.class::isInstance);
      run.kill();
      assertThat(lastEnd(topic.awaitEnds(id, 1)).reason()).isEqualTo(EndReason.PUBLISHER_LEFT);
    }
    try (Ffmpeg.Run run = publishInRealTime(file)) {
      List<SourceRecord> records =
          topic.awaitRecord(
              id,
              r -> {
                return r instanceof PublicationStart s && !s.publicationId().equals(first(id));
              });
      assertThat(records).isNotEmpty();
    }
  }

  @Test
  void silentPublisher_timesOut() throws Exception {
    byte[] aac = {0x21, 0, 1, 2, 3};
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      publisher.send(new Message.Audio(1, 0, new byte[] {(byte) 0xAF, 0, 0x11, (byte) 0x90}));
      for (int i = 0; i < 150; i++) {
        byte[] payload = new byte[2 + aac.length];
        payload[0] = (byte) 0xAF;
        payload[1] = 1;
        System.arraycopy(aac, 0, payload, 2, aac.length);
        publisher.send(new Message.Audio(1, i * 21L, payload));
      }

      assertThat(lastEnd(topic.awaitEnds(id, 1)).reason()).isEqualTo(EndReason.TIMED_OUT);
      assertThat(publisher.isClosedByServer()).isTrue();
    }
  }

  @Test
  void shutDown_writesTheEnd_andTellsThePublisher() throws Exception {
    try (Ffmpeg.Run run = publishInRealTime(clip("shutdown.flv", 30, "30", "-g", "30"))) {
      topic.awaitRecord(id, Chunk.class::isInstance);

      server.stop();

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      assertSequenceWithoutHoles(records);
      assertThat(lastEnd(records).reason()).isEqualTo(EndReason.INGEST_STOPPED);
      run.await();
      assertThat(run.log()).contains("shutting down");
    } finally {
      server.start();
    }
  }

  @Test
  void connectionThatNeverPublishes_isClosed() throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      assertThat(publisher.isClosedByServer()).isTrue();
    }
  }

  @Test
  void noise_closesTheConnection() throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.sendRaw(new byte[] {(byte) 0xC4, 1, 2, 3});

      assertThat(publisher.isClosedByServer()).isTrue();
    }
  }

  @Test
  void kafkaKilledAndRestarted_inMidPublication_nothingIsMissing() throws Exception {
    Path file = clip("restart.flv", 15, "30", "-g", "30");
    try (Ffmpeg.Run run = publishInRealTime(file)) {
      topic.awaitRecord(id, Chunk.class::isInstance);

      kafka.kill();
      kafka.restart();

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      run.await();
      assertSequenceWithoutHoles(records);
      assertThat(lastEnd(records).reason()).isEqualTo(EndReason.PUBLISHER_LEFT);
      assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", false))
          .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
    }
  }

  @Test
  void kafkaAway_fastPublisherIsHeldBack_andNothingIsMissing() throws Exception {
    Path file = folder.resolve("fast.flv");
    ffmpeg.run(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=640x360:r=30:d=20",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-qp",
        "4",
        "-g",
        "30",
        file.toString());
    assertThat(Files.size(file)).isGreaterThan(8L << 20);
    kafka.kill();
    try (Ffmpeg.Run run = ffmpeg.start("-i", file.toString(), "-c", "copy", "-f", "flv", url())) {
      await().until(() -> inFlightBytes("/q/metrics") > MAX_IN_FLIGHT_BYTES);
      // One buffer from the socket may hold more than the rest of the allowance.
      assertThat(inFlightBytes("/q/metrics")).isLessThan(MAX_IN_FLIGHT_BYTES + (2 << 20));
      assertThat(run.isAlive()).isTrue();

      kafka.restart();

      List<SourceRecord> records = topic.awaitEnds(id, 1);
      assertSequenceWithoutHoles(records);
      assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", false))
          .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
    }
  }

  @Test
  void kafkaAwayForTooLong_endsThePublicationVisibly() throws Exception {
    try (Ffmpeg.Run run = publishInRealTime(clip("away.flv", 60, "30", "-g", "30"))) {
      topic.awaitRecord(id, Chunk.class::isInstance);
      kafka.kill();

      assertThat(run.await()).isNotZero();
      assertThat(run.log()).contains("could not store the stream");
    } finally {
      kafka.restart();
    }
  }

  @Test
  void health_isReady_andMetricsAreThere() {
    get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    assertThat(get("/q/metrics").asString()).contains("rostrum_ingest_connections");
  }

  private String first(String broadcastId) {
    return topic.awaitRecord(broadcastId, PublicationStart.class::isInstance).stream()
        .filter(PublicationStart.class::isInstance)
        .findFirst()
        .orElseThrow()
        .publicationId();
  }

  private static long firstTicks(List<Chunk> chunks) throws Exception {
    return Fragment.readAll(chunks.get(0).payloadBytes()).get(0).baseDecodeTimeTicks();
  }
}
