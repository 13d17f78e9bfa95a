package io.rostrum.transcode.storyboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Pictures of another encoder, read by another decoder. */
class JpegStripTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 90;

  @Test
  void pictures_belowOneAnother_areTheSamePixelsAsBefore() throws Exception {
    List<byte[]> jpegs = new ArrayList<>();
    List<JpegStrip> strips = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      jpegs.add(picture(WIDTH, HEIGHT, i));
      strips.add(JpegStrip.parse(jpegs.get(i)));
    }

    JpegStrip joined = JpegStrip.join(strips);

    assertThat(joined.count()).isEqualTo(25);
    assertThat(joined.width()).isEqualTo(WIDTH);
    assertThat(joined.pitch()).isEqualTo(96);
    assertThat(strips.get(0).height()).isEqualTo(HEIGHT);
    BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(joined.toBytes()));
    assertThat(sheet.getHeight()).isEqualTo(25 * 96);
    for (int i = 0; i < 25; i++) {
      BufferedImage alone = ImageIO.read(new ByteArrayInputStream(jpegs.get(i)));
      BufferedImage tile = sheet.getSubimage(0, i * 96, WIDTH, HEIGHT);
      // This decoder smooths colours across borders, by a row.
      assertThat(Arrays.equals(pixels(tile), pixels(alone))).as("picture %d", i).isTrue();
    }
  }

  @Test
  void strips_ofStrips_areTheSameBytesAsAllAtOnce() throws Exception {
    List<JpegStrip> singles = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      singles.add(JpegStrip.parse(picture(WIDTH, HEIGHT, i)));
    }
    byte[] atOnce = JpegStrip.join(singles).toBytes();

    List<JpegStrip> written = new ArrayList<>();
    for (int[] range : new int[][] {{0, 1}, {1, 3}, {3, 10}, {10, 11}}) {
      JpegStrip strip = JpegStrip.join(singles.subList(range[0], range[1]));
      written.add(JpegStrip.parse(strip.toBytes()));
    }

    assertThat(JpegStrip.join(written).toBytes()).isEqualTo(atOnce);
  }

  @Test
  void picturesOfDifferentSizes_areNotJoined() throws Exception {
    JpegStrip one = JpegStrip.parse(picture(WIDTH, HEIGHT, 1));
    JpegStrip other = JpegStrip.parse(picture(WIDTH, 120, 1));
    assertThatThrownBy(() -> JpegStrip.join(List.of(one, other)))
        .isInstanceOf(MalformedJpegException.class)
        .hasMessageContaining("different sizes");
  }

  @Test
  void moreThanOneJpegCanHold_isRefused() throws Exception {
    JpegStrip one = JpegStrip.parse(picture(16, 4096, 1));
    assertThatThrownBy(() -> JpegStrip.join(Collections.nCopies(16, one)))
        .isInstanceOf(MalformedJpegException.class)
        .hasMessageContaining("too high");
  }

  @Test
  void anythingElse_isMalformed_andNeverAnotherFailure() throws Exception {
    byte[] good =
        JpegStrip.join(
                List.of(
                    JpegStrip.parse(picture(WIDTH, HEIGHT, 1)),
                    JpegStrip.parse(picture(WIDTH, HEIGHT, 2))))
            .toBytes();
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
      byte[] bad = i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
      for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
        // The headers mostly: there is where sizes are.
        bad[random.nextInt(Math.min(bad.length, 700))] = (byte) random.nextInt(256);
      }
      try {
        byte[] again = JpegStrip.parse(bad).toBytes();
        assertThat(again.length).isLessThanOrEqualTo(bad.length + 8);
      } catch (MalformedJpegException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1500);
    assertThatThrownBy(() -> JpegStrip.parse(new byte[0]))
        .isInstanceOf(MalformedJpegException.class);
  }

  static byte[] picture(int width, int height, int seed) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillOval(
          random.nextInt(width),
          random.nextInt(height),
          8 + random.nextInt(40),
          random.nextInt(40));
    }
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  private static int[] pixels(BufferedImage image) {
    int rows = image.getHeight() - 2;
    return image.getRGB(0, 1, image.getWidth(), rows, null, 0, image.getWidth());
  }
}
