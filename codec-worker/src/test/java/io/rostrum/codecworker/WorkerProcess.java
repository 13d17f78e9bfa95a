package io.rostrum.codecworker;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerReplies;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.codec.WorkerRequests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real worker process, started as transcode-service starts one: with an empty environment. */
final class WorkerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  final Process process;
  final OutputStream rawInput;
  final WorkerRequests.Writer requests;
  private final BlockingQueue<Object> replies = new LinkedBlockingQueue<>();
  private final StringBuffer log = new StringBuffer();
  private final Thread logReader;

  private WorkerProcess(Process process) {
    this.process = process;
    this.rawInput = process.getOutputStream();
    this.requests = new WorkerRequests.Writer(rawInput);
    start("replies", () -> readReplies(process.getInputStream()));
    this.logReader = start("log", () -> readLog(process.getErrorStream()));
  }

  static WorkerProcess start(String... jvmOptions) throws IOException {
    return startWith(classPath(), Main.class, jvmOptions);
  }

  /** One that rehearses first. */
  static WorkerProcess startSpare() throws IOException {
    List<String> command = command(classPath(), Main.class);
    command.add("rehearse");
    return start(command);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  static WorkerProcess startWith(String classPath, Class<?> main, String... jvmOptions)
      throws IOException {
    return start(command(classPath, main, jvmOptions));
  }

  private static List<String> command(String classPath, Class<?> main, String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+DisplayVMOutputToStderr"));
    command.add(
        "-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", classPath, main.getName()));
    return command;
  }

  private static WorkerProcess start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.directory(Path.of(System.getProperty("java.io.tmpdir")).toFile());
    return new WorkerProcess(builder.start());
  }

  /** The next reply. */
  WorkerReply next() throws InterruptedException {
    Object reply = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (reply instanceof WorkerReply expected) {
      return expected;
    }
    throw new AssertionError("expected a reply, got " + reply + "; log:\n" + log);
  }

  /** The next reply, which must be of this type. */
  <R extends WorkerReply> R next(Class<R> type) throws InterruptedException {
    WorkerReply reply = next();
    if (!type.isInstance(reply)) {
      throw new AssertionError(
          "expected " + type.getSimpleName() + ", got " + reply + "; log:\n" + log);
    }
    return type.cast(reply);
  }

  /** Ready and Configure, up to the last RungReady. */
  List<WorkerReply.RungReady> configure(VideoInput input, WorkerLimits limits, List<Rung> rungs)
      throws Exception {
    send(new WorkerRequest.Configure(input, rungs, limits));
    List<WorkerReply.RungReady> ready = new ArrayList<>();
    for (int i = 0; i < rungs.size(); i++) {
      ready.add(next(WorkerReply.RungReady.class));
    }
    return ready;
  }

  void send(WorkerRequest request) throws IOException {
    requests.write(request);
    requests.flush();
  }

  /** Sends a whole segment. */
  void send(long msn, long start, long end, List<WorkerRequest.Sample> samples) throws IOException {
    requests.write(new WorkerRequest.BeginSegment(msn, start));
    for (WorkerRequest.Sample sample : samples) {
      requests.write(sample);
    }
    requests.write(new WorkerRequest.EndSegment(msn, end));
    requests.flush();
  }

  /** The replies up to and with the segment's last one. */
  List<WorkerReply> segment() throws InterruptedException {
    List<WorkerReply> all = new ArrayList<>();
    do {
      all.add(next());
    } while (all.get(all.size() - 1) instanceof WorkerReply.Encoded);
    return all;
  }

  /** Waits for the process to end of itself. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the worker did not end; log:\n" + log);
    }
    return process.exitValue();
  }

  /** What came on standard error, complete once the process has ended. */
  String log() throws InterruptedException {
    logReader.join();
    return log.toString();
  }

  /** What came after the last reply taken: the end of the stream, or what broke it. */
  Object end() throws InterruptedException {
    return replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void readReplies(InputStream in) {
    try (WorkerReplies.Reader reader = new WorkerReplies.Reader(in)) {
      WorkerReply reply = reader.read();
      while (reply != null) {
        replies.add(reply);
        reply = reader.read();
      }
      replies.add("end of stream");
    } catch (IOException e) {
      replies.add(e);
    }
  }

  private void readLog(InputStream in) {
    try (in) {
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        log.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      log.append(e);
    }
  }

  private static Thread start(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
