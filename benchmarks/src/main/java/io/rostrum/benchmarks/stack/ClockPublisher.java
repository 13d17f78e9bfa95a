package io.rostrum.benchmarks.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * ffmpeg as a publisher: 1280x720 at 30 frames/s with the wall clock burned in, a tone, an IDR
 * every 2 s, encoded for low latency as a presenter who wants it does.
 *
 * <p>The clock is a strip of {@link #BITS} blocks in the upper left corner: the milliseconds since
 * {@link #originMs()}, the highest bit first, black is 0. A second row below has each block
 * inverted, so that a reader knows what it cannot read. It is drawn when a frame enters the
 * encoder; where there is a font, the time of day stands beside it in digits.
 */
public final class ClockPublisher implements AutoCloseable {
  public static final int BITS = 24;
  public static final int BLOCK = 16;
  public static final int WIDTH = 1280;
  public static final int HEIGHT = 720;

  private static final long WRAP_MS = 1L << BITS;

  private final Process process;
  private final Path log;
  private final long originMs;

  private ClockPublisher(Process process, Path log, long originMs) {
    this.process = process;
    this.log = log;
    this.originMs = originMs;
  }

  /** Starts to publish. */
  public static ClockPublisher start(String rtmpUrl) throws IOException {
    long originMs = System.currentTimeMillis() / 1000 * 1000;
    Path ffmpeg = Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
    List<String> command = new ArrayList<>(List.of(ffmpeg.toString(), "-hide_banner", "-nostdin"));
    command.addAll(List.of("-v", "warning"));
    command.addAll(
        List.of("-re", "-f", "lavfi", "-i", "testsrc2=size=" + WIDTH + "x" + HEIGHT + ":rate=30"));
    command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"));
    command.addAll(List.of("-filter_complex", filter(originMs), "-map", "[v]", "-map", "1:a"));
    command.addAll(
        List.of("-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-g", "60"));
    command.addAll(List.of("-b:v", "2500k", "-maxrate", "2500k", "-bufsize", "2500k"));
    command.addAll(List.of("-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k", "-ac", "2"));
    command.addAll(List.of("-flush_packets", "1", "-f", "flv", rtmpUrl));
    Path log = Files.createTempFile("rostrum-bench-ffmpeg-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // Some of its libraries lie beside it, and are named without a path.
    builder.environment().put("LD_LIBRARY_PATH", ffmpeg.getParent().toString());
    return new ClockPublisher(builder.start(), log, originMs);
  }

  /**
   * One pixel per bit, drawn on a piece of the frame itself so that nothing has to be brought
   * together again, and made large without smoothing. Its time stamps are milliseconds for as long
   * as they are drawn.
   */
  private static String filter(long originMs) {
    String bit = "mod(floor(round(T*1000)/pow(2," + (BITS - 1) + "-X)),2)";
    return "[0:v]split[picture][piece];"
        + ("[piece]crop=" + BITS + ":2:0:0,format=gray,settb=1/1000,")
        + ("setpts='mod(RTCTIME/1000-" + originMs + "," + WRAP_MS + ")',")
        + ("geq=lum='16+219*abs(Y-" + bit + ")',")
        + ("scale="
            + BITS * BLOCK
            + ":"
            + 2 * BLOCK
            + ":flags=neighbor,settb=1/30,setpts=N[clock];")
        + ("[picture][clock]overlay=0:0" + digits() + "[v]");
  }

  private static String digits() {
    return font()
        .map(
            file ->
                ",drawtext=fontfile="
                    + file
                    + ":text='%{gmtime\\:%H\\\\\\:%M\\\\\\:%S.%3N}'"
                    + ":x=420:y=2:fontsize=30:fontcolor=white:box=1:boxcolor=black")
        .orElse("");
  }

  private static Optional<Path> font() {
    Path fonts = Path.of("/usr/share/fonts/truetype");
    if (!Files.isDirectory(fonts)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(fonts)) {
      return files.filter(file -> file.toString().endsWith("Sans.ttf")).findFirst();
    } catch (IOException unreadable) {
      return Optional.empty(); // the strip is what is read
    }
  }

  /** What the clock counts from, milliseconds since the epoch. */
  public long originMs() {
    return originMs;
  }

  /**
   * @throws IOException if it ended
   */
  public void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("ffmpeg ended: " + Files.readString(log));
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.deleteIfExists(log);
  }
}
