package io.rostrum.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A test pattern by which sound and picture can be held against each other: black and silent, but
 * for 0.2 s of white with a tone that begin together at every odd second.
 */
final class FlashAndBeep {
  private static final String WHEN = "between(mod(t,2),1,1.2)";
  private static final Pattern FLASH = Pattern.compile("black_end:([0-9.]+)");
  private static final Pattern BEEP = Pattern.compile("silence_end: ([0-9.]+)");

  private FlashAndBeep() {}

  /** The inputs of an ffmpeg that makes it at its own speed. */
  static List<String> inputs(int seconds) {
    String length = Integer.toString(seconds);
    List<String> inputs = new ArrayList<>();
    for (String source :
        List.of(
            "color=black:size=1280x720:rate=30,drawbox=color=white:t=fill:enable='" + WHEN + "'",
            "aevalsrc='if(" + WHEN + ",0.5*sin(880*PI*t),0)':s=48000:c=stereo")) {
      inputs.addAll(List.of("-re", "-f", "lavfi", "-t", length, "-i", source));
    }
    return inputs;
  }

  /**
   * Seconds by which each flash of a recording comes before the beep next to it, in order.
   *
   * @param video address of a media playlist
   * @param audio address of the one with the sound
   */
  static List<Double> leads(Ffmpeg ffmpeg, String video, String audio)
      throws IOException, InterruptedException {
    // The times of the media, not those since each playlist's own first sample.
    try (Ffmpeg.Run run =
        ffmpeg.start(
            "-copyts",
            "-i",
            video,
            "-i",
            audio,
            "-map",
            "0:v",
            "-vf",
            "blackdetect=d=0.4",
            "-map",
            "1:a",
            "-af",
            "silencedetect=noise=-30dB:duration=0.4",
            "-fps_mode",
            "passthrough",
            "-f",
            "null",
            "-")) {
      if (run.await() != 0) {
        throw new AssertionError(run.log());
      }
      List<Double> beeps = times(BEEP, run.log());
      return times(FLASH, run.log()).stream()
          .map(
              flash ->
                  beeps.stream()
                      .map(beep -> beep - flash)
                      .min(Comparator.comparing(Math::abs))
                      .orElseThrow(() -> new AssertionError("no beep: " + run.log())))
          .toList();
    }
  }

  private static List<Double> times(Pattern pattern, String log) {
    return pattern.matcher(log).results().map(found -> Double.parseDouble(found.group(1))).toList();
  }
}
