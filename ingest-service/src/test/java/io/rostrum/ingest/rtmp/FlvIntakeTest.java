package io.rostrum.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.contracts.PartTarget;
import io.rostrum.ingest.media.MediaIntake;
import io.rostrum.media.Track;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.flv.AudioTag;
import io.rostrum.rtmp.flv.VideoTag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlvIntakeTest {

  private final List<Track> tracks = new ArrayList<>();
  private final List<Long> videoTicks = new ArrayList<>();
  private final MediaIntake intake =
      new MediaIntake(
          (opened, pdt) -> {
            tracks.addAll(opened);
            return (track, segment, part, sync, fragment) -> {
              try {
                Fragment.readAll(fragment.write())
                    .get(0)
                    .samples()
                    .forEach(unit -> videoTicks.add(unit.decodeTimeTicks()));
              } catch (io.rostrum.media.MalformedMediaException e) {
                throw new AssertionError(e);
              }
            };
          },
          () -> Instant.EPOCH,
          PartTarget.DEFAULT_MS);
  private final FlvIntake flv = new FlvIntake(intake);

  @ParameterizedTest
  @CsvSource({
    "91 766D7476 00, video", // no such FourCC
    "91 76766331 000000 00, video", // vvc1
    "22 00, video", // Sorenson H.263
    "2F 00, audio", // MP3
    "91 2E6D7033 00, audio", // .mp3
    "7F 00, audio" // G.711
  })
  void codecThatIsNotSupported_saysWhatToChoose(String hex, String kind) {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatThrownBy(
            () -> {
              if (kind.equals("video")) {
                flv.video(0, VideoTag.read(body).get(0));
              } else {
                flv.audio(0, AudioTag.read(body).get(0));
              }
            })
        .isInstanceOfSatisfying(
            RtmpException.class,
            e -> assertThat(e.kind()).isEqualTo(RtmpException.Kind.UNSUPPORTED))
        .hasMessageContaining("choose");
  }

  @Test
  void nanosecondOffsets_areAddedToWholeMilliseconds() throws Exception {
    // VP9 key frame of 352x288; 33 ms + 0.333333 ms, 66 ms + 0.666666 ms
    String frame = "824983420014100b560638241c184a00";
    video(0, "91 76703039" + frame);
    video(33, "97 02 051615 01 76703039" + frame);
    video(66, "97 02 0A2C2A 01 76703039" + frame);
    video(100, "91 76703039" + frame);
    intake.complete();

    assertThat(videoTicks).containsExactly(0L, 3000L, 6000L, 9000L);
    assertThat(tracks)
        .singleElement()
        .satisfies(t -> assertThat(t.format().rfc6381()).startsWith("vp09"));
  }

  @Test
  void timestampsThatWrap_goOn() throws Exception {
    String frame = "91 76703039 824983420014100b560638241c184a00";
    video(0xFFFF_FFFFL - 39, frame);
    video(0, frame);
    video(40, frame);
    intake.complete();

    assertThat(videoTicks).containsExactly(0L, 3600L, 7200L);
  }

  @Test
  void colourMetadata_andEndOfSequence_areNoMedia() throws Exception {
    video(0, "D4 76703039 0200");
    video(0, "92 76703039");
    intake.complete();

    assertThat(tracks).isEmpty();
  }

  private void video(long timestampMs, String hex) throws Exception {
    byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
    flv.video(timestampMs, VideoTag.read(body).get(0));
  }
}
