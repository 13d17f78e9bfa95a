package io.rostrum.transcode.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.InitSegment;
import io.rostrum.transcode.store.Sha256;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureFileTest {
  private static VideoFormat format() throws Exception {
    try (InputStream clip = PictureFileTest.class.getResourceAsStream("/clip-14s.mp4")) {
      return InitSegment.read(clip.readAllBytes()).stream()
          .map(Track::format)
          .filter(VideoFormat.class::isInstance)
          .map(VideoFormat.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }

  /** Reordered pictures, a hole, one time twice, and times that go back. */
  private static final List<VideoSample> ODD =
      List.of(
          new VideoSample(9_000, 9_000, true, new byte[] {1}),
          new VideoSample(18_000, 12_000, false, new byte[] {2, 2}),
          new VideoSample(12_000, 15_000, false, new byte[] {3}),
          new VideoSample(90_000, 90_000, false, new byte[] {4}),
          new VideoSample(93_000, 90_000, false, new byte[] {5}),
          new VideoSample(96_000, 80_000, false, new byte[] {6}),
          new VideoSample(99_000, 99_000, true, new byte[] {7, 7, 7}));

  @Test
  void picturesOfAnyTimes_comeBackAsTheyWere() throws Exception {
    PictureFile read = PictureFile.read(PictureFile.write(format(), ODD));
    assertThat(read.samples()).usingRecursiveComparison().isEqualTo(ODD);
    assertThat(read.tracks().video().width()).isEqualTo(format().width());
    assertThat(read.tracks().audio()).isNull();
  }

  @Test
  void samePictures_areTheSameFile() throws Exception {
    assertThat(Sha256.hex(PictureFile.write(format(), ODD)))
        .isEqualTo(Sha256.hex(PictureFile.write(format(), ODD)));
  }

  @Test
  void picturesBeforeTheBroadcastsTime_areNotWritten() throws Exception {
    VideoSample early = new VideoSample(0, -3_000, true, new byte[] {1});
    assertThat(PictureFile.write(format(), List.of(early))).isNull();
  }
}
