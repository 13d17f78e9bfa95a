package io.rostrum.benchmarks.playback;

import io.rostrum.benchmarks.Benchmark;
import io.rostrum.benchmarks.report.Report;
import io.rostrum.benchmarks.report.Spread;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Random;

/**
 * How long a viewer of an old recording of 8 h waits for the first byte after a seek. Nothing but
 * the object store knows the recording.
 */
public final class SeekBenchmark implements Benchmark {
  private static final int SEGMENTS = 8 * 3600 / Feed.SEGMENT_SECONDS;
  private static final int SEEKS = 100;
  private static final int PART_BYTES = 62_500; // segments of 500 KB

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public String name() {
    return "playback-seek";
  }

  @Override
  public String question() {
    return "first byte after a seek in a recording of 8 h, cold from the object store and warm";
  }

  @Override
  public Report run() throws Exception {
    try (PlaybackServer playback = PlaybackServer.start();
        Feed feed = playback.feed()) {
      Feed.Event other = feed.event(PART_BYTES);
      record(other, 20);
      play(playback, other, 20); // the first of all compiles and connects

      Feed.Event event = feed.event(PART_BYTES);
      record(event, SEGMENTS);
      double opened = play(playback, event, SEGMENTS);
      double[] cold = new double[SEEKS];
      double[] warm = new double[SEEKS];
      Random random = new Random(7);
      for (int i = 0; i < SEEKS; i++) {
        String segment = event.path("source/" + random.nextInt(SEGMENTS) + ".m4s");
        cold[i] = firstByteMs(playback.address(segment));
        warm[i] = firstByteMs(playback.address(segment));
      }
      Arrays.sort(cold);
      Arrays.sort(warm);
      return new Report(
              "Seeks in a recording of 8 h, ms to the first byte", "what", "p50", "p95", "most")
          .row("cold, from the object store", at(cold, 50), at(cold, 95), at(cold, 100))
          .row("warm, from the spool", at(warm, 50), at(warm, 95), at(warm, 100))
          .note("%.0f ms to the first playlist of a recording that no node had open", opened)
          .note("%d seeks, segments of 500 KB, S3Proxy on the same machine", SEEKS);
    }
  }

  private static double at(double[] sorted, double percent) {
    return Spread.percentile(sorted, percent);
  }

  private static void record(Feed.Event event, int segments) throws IOException {
    event.toObjectStore();
    event.objects();
    for (long msn = 0; msn < segments; msn++) {
      event.recorded(msn);
    }
    event.end(segments);
    event.finishedTimeline();
  }

  /** How long the media playlist takes that is asked for first, in ms. */
  private static double play(PlaybackServer playback, Feed.Event event, int segments)
      throws Exception {
    long start = System.nanoTime();
    playback.await(event.path("source.m3u8"), "source/" + (segments - 1) + ".m4s");
    return (System.nanoTime() - start) / 1e6;
  }

  private double firstByteMs(String address) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200 || body.read() < 0) {
        throw new IOException(address + " is " + answer.statusCode());
      }
      double first = (System.nanoTime() - start) / 1e6;
      body.transferTo(java.io.OutputStream.nullOutputStream());
      return first;
    }
  }
}
