package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.Chunk;
import io.rostrum.contracts.source.SourceRecord.PublicationStart;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.cmaf.Fragment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real file published with timestamps as senders are known to have them. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(IngestSetUp.ShortTimes.class)
class TimestampsIT extends IngestSetUp {

  private static final int FRAMES = 240;
  private static final long MASK_31 = 0x7FFF_FFFFL;

  @ParameterizedTest
  @ValueSource(longs = {1L << 24, 1L << 31, 1L << 32})
  void timestampsThatPassAPowerOfTwo_keepOrderAndDuration(long boundary) throws Exception {
    Path file = eightSeconds("boundary" + boundary + ".flv");

    List<SourceRecord> records = publish(file, ms -> boundary - 4_000 + ms);

    assertOnePublicationOf(file, records);
  }

  @Test
  void senderThatKeeps31BitsOnly_goesOnAtItsWrap() throws Exception {
    Path file = eightSeconds("mask.flv");

    List<SourceRecord> records = publish(file, ms -> MASK_31 - 4_000 + ms & MASK_31);

    assertOnePublicationOf(file, records);
  }

  @Test
  void timestampsPast24Bits_withoutRepetitionInType3Chunks_areRead() throws Exception {
    Path file = eightSeconds("unrepeated.flv");
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      for (FlvFile.Tag tag : FlvFile.read(file).tags()) {
        publisher.sendWithoutRepetition(tag.at((1L << 24) + tag.timestampMs()));
      }
      publisher.finish();
    }

    assertOnePublicationOf(file, topic.awaitEnds(id, 1));
  }

  @Test
  void clockThatRestartsAtZero_isANewPublication_withoutLossFromItsKeyframeOn() throws Exception {
    Path file = eightSeconds("restart.flv");
    // Two seconds in, both tracks start again; keyframes come every two seconds.
    List<SourceRecord> records = publish(file, ms -> ms < 2_000 ? 500_000 + ms : ms - 2_000);

    assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(2);
    assertThat(videoUnits(records)).hasSize(FRAMES);
    assertThat(ffmpeg.frameHashes(secondPublication(records), "0:v", false))
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false).subList(60, FRAMES));
  }

  @Test
  void gapOfThreeSeconds_isKeptAsAGap() throws Exception {
    Path file = eightSeconds("gap.flv");

    List<SourceRecord> records = publish(file, ms -> ms < 2_000 ? ms : ms + 3_000);

    assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(1);
    List<AccessUnit> units = videoUnits(records);
    assertThat(units).hasSize(FRAMES);
    assertThat(units.get(60).decodeTimeTicks() - units.get(59).decodeTimeTicks())
        .isEqualTo(3_000 + 3 * 90_000);
  }

  @Test
  void jumpOfAnHour_isANewPublication() throws Exception {
    Path file = eightSeconds("hour.flv");

    List<SourceRecord> records = publish(file, ms -> ms < 2_000 ? ms : ms + 3_600_000);

    assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(2);
    assertThat(videoUnits(records)).hasSize(FRAMES);
  }

  @Test
  void tracksOnDifferentClocks_startTogether() throws Exception {
    Path file = eightSeconds("clocks.flv");
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      for (FlvFile.Tag tag : FlvFile.read(file).tags()) {
        publisher.send(tag.at(tag.timestampMs() + (tag.video() ? 7_000_000 : 0)));
      }
      publisher.finish();
    }

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertOnePublicationOf(file, records);
    assertThat(unitsOf(chunks(records, 2)).get(0).decodeTimeTicks()).isLessThan(4_800);
  }

  @Test
  void lateSequenceHeaders_costOnlyWhatCameBeforeThem() throws Exception {
    Path file = eightSeconds("late.flv");
    List<FlvFile.Tag> tags = new ArrayList<>(FlvFile.read(file).tags());
    List<FlvFile.Tag> headers = tags.stream().filter(FlvFile.Tag::sequenceHeader).toList();
    tags.removeAll(headers);
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      boolean sent = false;
      for (FlvFile.Tag tag : tags) {
        if (!sent && tag.timestampMs() > 1_500) {
          sent = true;
          for (FlvFile.Tag header : headers) {
            publisher.send(header.at(tag.timestampMs()));
          }
        }
        publisher.send(tag.at(tag.timestampMs()));
      }
      publisher.finish();
    }

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", false))
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false).subList(60, FRAMES));
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 120, 600})
  void keyframeInterval_fromHalfASecondToTwenty_isCutByTheRule(int frames) throws Exception {
    int seconds = frames > 240 ? 42 : 12;
    Path file =
        clip("gop" + frames + ".flv", seconds, "30", "-g", "" + frames, "-sc_threshold", "0");

    List<SourceRecord> records = publish(file, ms -> ms);

    assertThat(records).filteredOn(PublicationStart.class::isInstance).hasSize(1);
    assertThat(videoUnits(records)).hasSize(seconds * 30);
    long start = 0;
    for (Chunk chunk : chunks(records, 1)) {
      List<AccessUnit> units = Fragment.readAll(chunk.payloadBytes()).get(0).samples();
      if (chunk.segmentStart()) {
        start = units.get(0).decodeTimeTicks();
      }
      long end = units.get(units.size() - 1).endDecodeTimeTicks();
      assertThat(end - start).isLessThanOrEqualTo(6 * 90_000);
    }
  }

  private Path eightSeconds(String name) throws Exception {
    return clip(name, 8, "30", "-g", "60", "-bf", "2", "-sc_threshold", "0");
  }

  private List<SourceRecord> publish(Path file, LongUnaryOperator timestamps) throws Exception {
    try (RawPublisher publisher = new RawPublisher(server.port())) {
      publisher.publish(key.reveal());
      FlvFile.read(file).publish(publisher, timestamps);
      publisher.finish();
    }
    return topic.awaitEnds(id, 1);
  }

  private void assertOnePublicationOf(Path file, List<SourceRecord> records) throws Exception {
    assertSequenceWithoutHoles(records);
    List<AccessUnit> units = videoUnits(records);
    assertThat(units).hasSize(FRAMES).allMatch(unit -> unit.durationTicks() == 3_000);
    for (int i = 1; i < units.size(); i++) {
      assertThat(units.get(i).decodeTimeTicks()).isEqualTo(units.get(i - 1).endDecodeTimeTicks());
    }
    Path received = SourceTopic.toFile(folder, records);
    assertThat(ffmpeg.frameHashes(received, "0:v", false))
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
    assertThat(ffmpeg.frameHashes(received, "0:a", true))
        .isEqualTo(ffmpeg.frameHashes(file, "0:a", true));
  }

  private static List<AccessUnit> videoUnits(List<SourceRecord> records) throws Exception {
    return unitsOf(chunks(records, 1));
  }

  private static List<AccessUnit> unitsOf(List<Chunk> chunks) throws Exception {
    List<AccessUnit> units = new ArrayList<>();
    for (Chunk chunk : chunks) {
      units.addAll(Fragment.readAll(chunk.payloadBytes()).get(0).samples());
    }
    return units;
  }

  private static Path secondPublication(List<SourceRecord> records) throws Exception {
    String first = records.get(0).publicationId();
    return SourceTopic.toFile(
        folder, records.stream().filter(r -> !r.publicationId().equals(first)).toList());
  }
}
