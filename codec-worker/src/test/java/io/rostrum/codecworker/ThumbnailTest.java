package io.rostrum.codecworker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.codecworker.libav.TestVideo;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Small pictures beside the rungs, read by another JPEG reader. */
class ThumbnailTest {
  private static final TestVideo.Clip CLIP =
      TestVideo.clip(TestVideo.Spec.of(640, 360, TestVideo.times(447_000, 120, 90_000, 30, 1)));

  @Test
  void thumbnails_onePerInterval_showThePictureOfTheirTime_theSameEachTime() throws Exception {
    List<List<WorkerReply.Thumbnail>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (WorkerProcess worker = WorkerProcess.start()) {
        worker.next(WorkerReply.Ready.class);
        worker.configure(CLIP.input(), WorkerLimits.DEFAULT, Ladders.TWO);
        worker.send(new WorkerRequest.ConfigureThumbnails(160, 1000, 320, false));
        worker.send(3, 447_000, 807_000, CLIP.samples());
        List<WorkerReply.Thumbnail> thumbnails = new ArrayList<>();
        WorkerReply reply = worker.next();
        while (!(reply instanceof WorkerReply.SegmentDone)) {
          if (reply instanceof WorkerReply.Thumbnail thumbnail) {
            thumbnails.add(thumbnail);
          }
          reply = worker.next();
        }
        runs.add(thumbnails);
      }
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1));
    assertThat(runs.get(0))
        .extracting(WorkerReply.Thumbnail::ptsTicks)
        .containsExactly(450_000L, 540_000L, 630_000L, 720_000L);
    for (WorkerReply.Thumbnail thumbnail : runs.get(0)) {
      assertThat(thumbnail.msn()).isEqualTo(3);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail.jpeg()));
      assertThat(image.getWidth()).isEqualTo(160);
      assertThat(image.getHeight()).isEqualTo(90);
      int number = 0;
      for (int bit = 0; bit < 10; bit++) {
        int green = image.getRGB(8 + 16 * bit, 20) >> 8 & 0xFF;
        number |= (green > 128 ? 1 : 0) << bit;
      }
      assertThat(number).isEqualTo((thumbnail.ptsTicks() - 447_000) / 3000);
      BufferedImage poster = ImageIO.read(new ByteArrayInputStream(thumbnail.poster()));
      assertThat(poster.getWidth()).isEqualTo(320);
      assertThat(poster.getHeight()).isEqualTo(180);
    }
  }
}
