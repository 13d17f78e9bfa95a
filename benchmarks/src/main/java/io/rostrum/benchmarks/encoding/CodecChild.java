package io.rostrum.benchmarks.encoding;

import io.rostrum.benchmarks.MissingProgram;
import io.rostrum.contracts.codec.WorkerReplies;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.codec.WorkerRequests;
import io.rostrum.localstack.parts.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A codec child, started as transcode-service starts its own. One thread asks; its answers are
 * counted as they come.
 */
final class CodecChild implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final TimedProgram program;
  private final WorkerRequests.Writer requests;
  private final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
  private long mediaBytes;

  private CodecChild(TimedProgram program) {
    this.program = program;
    this.requests = new WorkerRequests.Writer(program.process().getOutputStream());
    Thread reading = new Thread(this::read, "replies");
    reading.setDaemon(true);
    reading.start();
  }

  /**
   * @throws MissingProgram if it was not built
   */
  static CodecChild start() throws IOException, MissingProgram {
    Path home = Checkout.locate().resolve("codec-worker/target/worker");
    if (!Files.isDirectory(home.resolve("lib"))) {
      throw new MissingProgram("the codec worker is not built: mvnw package -pl codec-worker -am");
    }
    return new CodecChild(
        TimedProgram.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+DisplayVMOutputToStderr",
                "-Dorg.bytedeco.javacpp.cachedir=" + home.resolve("cache"),
                "-cp",
                home.resolve("lib/*").toString(),
                "io.rostrum.codecworker.Main"),
            null));
  }

  void send(WorkerRequest request) throws IOException {
    requests.write(request);
  }

  /** Sends what was written, and waits for the end of a segment. */
  void awaitSegment() throws IOException, InterruptedException {
    requests.flush();
    Object end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!(end instanceof WorkerReply.SegmentDone) && !(end instanceof WorkerReply.AudioDone)) {
      throw new IOException("the codec child did not encode a segment: " + end);
    }
  }

  /** Bytes of encoded pictures and sound so far; ask behind the end of a segment. */
  long mediaBytes() {
    return mediaBytes;
  }

  /** Lets it end; see {@link TimedProgram#cpuSeconds}. */
  double cpuSeconds() throws IOException, InterruptedException {
    requests.write(new WorkerRequest.Shutdown());
    requests.flush();
    return program.cpuSeconds();
  }

  private void read() {
    try (WorkerReplies.Reader in = new WorkerReplies.Reader(program.process().getInputStream())) {
      for (WorkerReply reply = in.read(); reply != null; reply = in.read()) {
        if (reply instanceof WorkerReply.Encoded frame) {
          mediaBytes += frame.data().length;
        } else if (reply instanceof WorkerReply.EncodedAudio frame) {
          mediaBytes += frame.data().length;
        } else if (!(reply instanceof WorkerReply.Ready
            || reply instanceof WorkerReply.RungReady
            || reply instanceof WorkerReply.AudioReady)) {
          ends.add(reply);
        }
      }
      ends.add("it ended");
    } catch (IOException e) {
      ends.add(e);
    }
  }

  @Override
  public void close() throws IOException {
    program.close();
  }
}
