package io.rostrum.transcode.ladder;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pictures of a size and rate that vary with the network are brought to: a WebRTC publisher's.
 *
 * @param width in pixels
 * @param height in pixels
 * @param framesPerSecond constant
 */
public record Canvas(int width, int height, int framesPerSecond) {
  /** 720p at 30 frames/s. */
  public static final Canvas DEFAULT = new Canvas(1280, 720, 30);

  private static final Pattern FORM = Pattern.compile("([0-9]{2,4})x([0-9]{2,4})@([0-9]{1,2})");

  public Canvas {
    if (width < 16 || height < 16 || width % 2 != 0 || height % 2 != 0 || framesPerSecond < 1) {
      throw new IllegalArgumentException(
          "a canvas has an even size of at least 16x16 and a frame rate, not "
              + width
              + "x"
              + height
              + "@"
              + framesPerSecond);
    }
  }

  /**
   * @param text such as {@code 1280x720@30}
   * @throws IllegalArgumentException if it is not of that form
   */
  public static Canvas parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "rostrum.transcode.canvas is " + text + ": write it as 1280x720@30");
    }
    return new Canvas(
        Integer.parseInt(form.group(1)),
        Integer.parseInt(form.group(2)),
        Integer.parseInt(form.group(3)));
  }
}
