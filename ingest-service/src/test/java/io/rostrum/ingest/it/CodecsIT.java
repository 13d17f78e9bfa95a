package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.Chunk;
import io.rostrum.contracts.source.SourceRecord.PublicationStart;
import io.rostrum.localstack.test.KafkaResource;
import io.rostrum.media.cmaf.InitSegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every codec that Enhanced RTMP can name and Rostrum takes, published by ffmpeg: what stands in
 * the source topic decodes to the same pictures and holds the same audio frames as the file.
 */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(IngestSetUp.ShortTimes.class)
class CodecsIT extends IngestSetUp {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hvc1 | -c:v libx265 -preset ultrafast -x265-params log-level=error:bframes=3:keyint=60",
        "av01 | -c:v libsvtav1 -preset 12 -g 60",
        "vp09 | -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 60",
        "avc1 | -c:v libx264 -preset ultrafast -bf 3 -g 60"
      })
  void videoCodec_publishedByFfmpeg_hasTheSameFrames(String name, String encoder) throws Exception {
    Path file = clip(name + ".flv", 5, "30", encoder.split(" "));

    ffmpeg.run("-i", file.toString(), "-c", "copy", "-f", "flv", url());

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    assertSequenceWithoutHoles(records);
    PublicationStart start = (PublicationStart) records.get(0);
    assertThat(InitSegment.read(start.init()).get(0).format().rfc6381()).startsWith(name);
    Path received = SourceTopic.toFile(folder, records);
    assertThat(ffmpeg.frameHashes(received, "0:v", false))
        .hasSize(150)
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
    assertThat(chunks(records, 1)).filteredOn(Chunk::segmentStart).allMatch(Chunk::sync);
    assertThat(chunks(records, 1)).filteredOn(Chunk::sync).hasSizeGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Opus | -c:a libopus",
        "mp4a | -c:a aac",
        "ac-3 | -c:a ac3",
        "ec-3 | -c:a eac3",
        "fLaC | -c:a flac"
      })
  void audioCodec_publishedByFfmpeg_hasTheSameFrames(String name, String encoder) throws Exception {
    Path file = clip(name + ".flv", 5, "30", (encoder + " -g 60").split(" "));

    ffmpeg.run("-i", file.toString(), "-c", "copy", "-f", "flv", url());

    List<SourceRecord> records = topic.awaitEnds(id, 1);
    PublicationStart start = (PublicationStart) records.get(0);
    assertThat(InitSegment.read(start.init()).get(1).format().rfc6381()).startsWith(name);
    assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:a", true))
        .hasSizeGreaterThan(50)
        .isEqualTo(ffmpeg.frameHashes(file, "0:a", true));
  }

  @Test
  void codecThatIsNotSupported_isRefusedWithAWordOnWhatToChoose() throws Exception {
    Path file = clip("mp3.flv", 5, "30", "-c:a", "libmp3lame");

    try (Ffmpeg.Run run =
        ffmpeg.start("-re", "-i", file.toString(), "-c", "copy", "-f", "flv", url())) {
      assertThat(run.await()).isNotZero();
      assertThat(run.log()).contains("choose AAC");
    }
  }
}
