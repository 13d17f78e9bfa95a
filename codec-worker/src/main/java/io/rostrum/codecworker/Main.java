package io.rostrum.codecworker;

import io.rostrum.codecworker.libav.Libav;
import io.rostrum.contracts.codec.WorkerProtocol;
import io.rostrum.contracts.codec.WorkerProtocolException;
import io.rostrum.contracts.codec.WorkerReplies;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.codec.WorkerRequests;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The process: framed requests on standard input, framed replies on standard output, log lines on
 * standard error. It takes no arguments, reads no configuration and no environment, and opens no
 * file but the libraries and no socket.
 */
public final class Main {
  private static final String REHEARSE = "rehearse";

  private Main() {}

  /**
   * @param args {@code rehearse} for a child that will wait for its work, else none
   */
  public static void main(String[] args) {
    FileOutputStream standardOutput = new FileOutputStream(FileDescriptor.out);
    // From here on a stray print is a log line and cannot break the protocol.
    System.setOut(System.err);
    presetJavaCpp();

    WorkClock clock = new WorkClock(System::nanoTime);
    Watchdog watchdog = new Watchdog(clock);
    AbandonedSegments abandoned = new AbandonedSegments();
    RequestPump pump =
        new RequestPump(
            new WorkerRequests.Reader(new FileInputStream(FileDescriptor.in)),
            abandoned,
            ExitCode::halt);
    watchdog.start();
    pump.start();

    WorkerReplies.Writer replies = new WorkerReplies.Writer(new ReplyOutput(standardOutput, clock));
    load(replies);
    if (List.of(args).contains(REHEARSE)) {
      rehearse();
    }
    try (Worker worker = new Worker(replies, clock, watchdog, abandoned)) {
      WorkerRequest request = pump.take();
      while (!(request instanceof WorkerRequest.Shutdown)) {
        worker.handle(request);
        request = pump.take();
      }
      ExitCode.DONE.halt();
    } catch (IOException | UncheckedIOException e) {
      WorkerLog.error("worker cannot go on", "error", e.getMessage());
      (e instanceof WorkerProtocolException ? ExitCode.PROTOCOL : ExitCode.OUTPUT).halt();
    } catch (Throwable e) {
      // Whatever it is, the parent must see this process end rather than fall silent.
      WorkerLog.error("worker failed", "error", e);
      ExitCode.INTERNAL.halt();
    }
  }

  /**
   * JavaCPP's settings, read when its classes load. No limit on physical memory: its own counts the
   * whole process and answers with ten forced collections and an error; the parent's limits hold
   * instead. No garbage-collected natives: all of them have owners here.
   */
  private static void presetJavaCpp() {
    System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxbytes", "0");
    System.setProperty("org.bytedeco.javacpp.nopointergc", "true");
  }

  private static void rehearse() {
    try {
      Rehearsal.run();
      WorkerLog.info("rehearsed");
    } catch (RuntimeException e) {
      // Its first segment says what is wrong, to somebody who waits for it.
      WorkerLog.warn("rehearsal failed", "error", e.getMessage());
    }
  }

  private static void load(WorkerReplies.Writer replies) {
    try {
      Libav.load();
      WorkerReply.Ready ready =
          new WorkerReply.Ready(WorkerProtocol.VERSION, Libav.build(), Libav.cpuFeatures());
      WorkerLog.info("ready", "build", ready.build(), "cpu", ready.cpuFeatures());
      replies.write(ready);
    } catch (IOException e) {
      WorkerLog.error("worker cannot go on", "error", e.getMessage());
      ExitCode.OUTPUT.halt();
    } catch (Throwable e) {
      WorkerLog.error("the libraries do not load on this platform", "error", e);
      ExitCode.NO_LIBRARIES.halt();
    }
  }
}
