package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.EndReason;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.rtmp.message.Message;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishers that keep to the letter of the protocol, and break off or go to its limits. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(IngestSetUp.ShortTimes.class)
class OddPublishersIT extends IngestSetUp {

  private static final int LARGEST_CHUNK = 0x7FFF_FFFF;

  @Test
  void chunkSizes_fromTheLeastToTheLargest_inOneConnection_loseNothing() throws Exception {
    Path file = clip("sizes.flv", 3, "30", "-g", "30");
    int[] sizes = {1, LARGEST_CHUNK, 128, 65_536};
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      int sent = 0;
      for (FlvFile.Tag tag : FlvFile.read(file).tags()) {
        if (sent % 30 == 0) {
          publisher.send(new Message.SetChunkSize(sizes[sent / 30 % sizes.length]));
        }
        publisher.send(tag.at(tag.timestampMs()));
        sent++;
      }
      publisher.finish();
    }

    assertWhole(file);
  }

  @Test
  void everyByteByItself_losesNothing() throws Exception {
    Path file = clip("bytes.flv", 2, "15", "-g", "15", "-b:v", "100k");
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      for (FlvFile.Tag tag : FlvFile.read(file).tags()) {
        publisher.sendByteByByte(tag.at(tag.timestampMs()));
      }
      publisher.finish();
    }

    assertWhole(file);
  }

  @Test
  void connectionThatEndsInMidChunk_endsThePublication_andWhatCameBeforeIsWhole() throws Exception {
    Path file = clip("torn.flv", 3, "30", "-g", "30");
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      FlvFile.read(file).publish(publisher, ms -> ms);
      publisher.sendPart(new Message.Video(1, 3_000, new byte[5_000]), 700);
      publisher.finish();
    }

    assertThat(assertWhole(file)).isEqualTo(EndReason.PUBLISHER_LEFT);
  }

  @Test
  void publisherThatStopsInMidChunk_timesOut_andWhatCameBeforeIsWhole() throws Exception {
    Path file = clip("stuck.flv", 3, "30", "-g", "30");
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      FlvFile.read(file).publish(publisher, ms -> ms);
      publisher.sendPart(new Message.Video(1, 3_000, new byte[5_000]), 700);

      assertThat(assertWhole(file)).isEqualTo(EndReason.TIMED_OUT);
      assertThat(publisher.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60_000})
  void nameThatIsNoKey_howeverLong_isRefusedWithAReason(int length) throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      Message.Command status = publisher.publish("n".repeat(length));

      assertThat(RawPublisher.code(status)).isEqualTo("NetStream.Publish.BadName");
      assertThat(RawPublisher.description(status)).contains("Unknown or revoked stream key");
      assertThat(publisher.isClosedByServer()).isTrue();
    }
  }

  @Test
  void key_behindALongQuery_isFound() throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      Message.Command status = publisher.publish("x".repeat(3_000) + "?key=" + key.reveal());

      assertThat(RawPublisher.code(status)).isEqualTo("NetStream.Publish.Start");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_sequence_end", "no_metadata", "no_sequence_end+no_metadata"})
  void ffmpeg_thatLeavesOutWhatItMay_losesNothing(String flags) throws Exception {
    Path file = clip(flags.replace('+', '-') + ".flv", 3, "30", "-g", "30", "-bf", "2");

    ffmpeg.run("-i", file.toString(), "-c", "copy", "-flvflags", flags, "-f", "flv", url());

    assertWhole(file);
  }

  /**
   * @return why the publication ended
   */
  private EndReason assertWhole(Path file) throws Exception {
    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertSequenceWithoutHoles(records);
    Path received = SourceTopic.toFile(folder, records);
    assertThat(ffmpeg.frameHashes(received, "0:v", false))
        .isNotEmpty()
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
    assertThat(ffmpeg.frameHashes(received, "0:a", true))
        .isEqualTo(ffmpeg.frameHashes(file, "0:a", true));
    return lastEnd(records).reason();
  }
}
