package io.rostrum.localstack.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One publication of the demo: paces frames by the clock and keeps the sound level with them. Its
 * media time begins at a whole second of the wall clock, so that flash and beep are where the
 * clock's second changes. For one thread.
 */
final class Session implements AutoCloseable {

  private static final int FRAMES_PER_SECOND = 30;
  private static final long FRAME_NANOS = 1_000_000_000L / FRAMES_PER_SECOND;

  /** So many frames that were sent without an error count as accepted. */
  private static final int ACCEPTED_FRAMES = FRAMES_PER_SECOND;

  private final TestPicture picture;
  private final Encoder video;
  private final Encoder audio;
  private final RtmpOutput output;
  private long nextSample;

  private Session(TestPicture picture, Encoder video, Encoder audio, RtmpOutput output) {
    this.picture = picture;
    this.video = video;
    this.audio = audio;
    this.output = output;
  }

  static Session open(String url, TestPicture picture) throws LibavException {
    Encoder video = Encoder.video(TestPicture.WIDTH, TestPicture.HEIGHT, FRAMES_PER_SECOND);
    Encoder audio = Encoder.audio();
    try {
      return new Session(picture, video, audio, RtmpOutput.open(url, video, audio));
    } catch (LibavException e) {
      video.close();
      audio.close();
      throw e;
    }
  }

  /**
   * Publishes until told to stop.
   *
   * @param accepted called once, when ingest has taken the first second
   * @throws LibavException if the connection breaks
   */
  void run(Runnable accepted, BooleanSupplier stopping)
      throws LibavException, InterruptedException {
    Instant now = Instant.now();
    Instant start = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    long startNanos = System.nanoTime() + Duration.between(now, start).toNanos();
    float[] samples = new float[audio.frameSamples()];
    long sent = 0;
    for (long number = 0; !stopping.getAsBoolean(); number++) {
      long wait = startNanos + number * FRAME_NANOS - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      } else if (-wait > FRAME_NANOS * FRAMES_PER_SECOND) {
        // The machine was busy for over a second: these frames are lost, as a camera's would be.
        number = (System.nanoTime() - startNanos) / FRAME_NANOS;
      }
      Instant time = start.plusNanos(number * 1_000_000_000L / FRAMES_PER_SECOND);
      video.encode(picture.draw(number, time), number, output::write);
      sound(samples, (number + 1) * Tone.SAMPLE_RATE / FRAMES_PER_SECOND);
      sent++;
      if (sent == ACCEPTED_FRAMES) {
        accepted.run();
      }
    }
  }

  private void sound(float[] samples, long until) throws LibavException {
    while (nextSample < until) {
      Tone.fill(samples, nextSample);
      audio.encode(samples, nextSample, output::write);
      nextSample += samples.length;
    }
  }

  @Override
  public void close() {
    output.close();
    video.close();
    audio.close();
  }
}
