package io.rostrum.codecworker;

import io.rostrum.codecworker.h264.ParameterSets;
import io.rostrum.codecworker.libav.VideoDecoder;
import io.rostrum.codecworker.segment.EncodedSink;
import io.rostrum.codecworker.segment.Ladder;
import io.rostrum.codecworker.segment.SegmentJob;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.WorkerProtocolException;
import io.rostrum.contracts.codec.WorkerReplies;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Does the requests in their order; those for audio go on to {@link AudioSegments}. A segment that
 * fails is answered and forgotten; a request out of turn is the parent's mistake and ends the
 * worker. For one thread.
 */
final class Worker implements AutoCloseable {
  private static final String ABANDONED = "abandoned by the parent";

  private final WorkerReplies.Writer replies;
  private final WorkClock clock;
  private final Watchdog watchdog;
  private final AbandonedSegments abandoned;
  private final AudioSegments audio;
  private final EncodedSink sink = new Replies();

  private WorkerRequest.Configure configuration;
  private Ladder ladder;

  /** Every rung that was ever configured: its configuration holds for the worker's life. */
  private Ladder known = new Ladder(List.of());

  /** What small pictures are wanted; null for none. */
  private WorkerRequest.ConfigureThumbnails thumbnails;

  /** The segment between its begin and its end, or -1. */
  private long openMsn = -1;

  /** Null also while the open segment has failed already. */
  private SegmentJob job;

  Worker(
      WorkerReplies.Writer replies,
      WorkClock clock,
      Watchdog watchdog,
      AbandonedSegments abandoned) {
    this.replies = replies;
    this.clock = clock;
    this.watchdog = watchdog;
    this.abandoned = abandoned;
    this.audio = new AudioSegments(replies);
  }

  /**
   * Does one request.
   *
   * @throws IOException if the parent does not take the reply, or the request comes out of turn
   */
  void handle(WorkerRequest request) throws IOException {
    clock.working(true);
    try {
      if (request instanceof WorkerRequest.Sample sample) {
        sample(sample);
      } else if (request instanceof WorkerRequest.BeginSegment begin) {
        begin(begin);
      } else if (request instanceof WorkerRequest.EndSegment end) {
        end(end);
      } else if (request instanceof WorkerRequest.Configure configure) {
        configure(configure);
      } else if (request instanceof WorkerRequest.ConfigureThumbnails wanted) {
        thumbnails = wanted;
      } else if (request instanceof WorkerRequest.AudioSample sample) {
        audio.sample(sample);
      } else if (request instanceof WorkerRequest.BeginAudio begin) {
        restartClock();
        audio.begin(begin);
      } else if (request instanceof WorkerRequest.EndAudio end) {
        audio.end(end);
      } else if (request instanceof WorkerRequest.ConfigureAudio configure) {
        watchdog.limit(configure.limits().segmentBusyLimitMs());
        audio.configure(configure);
      }
    } finally {
      clock.working(false);
    }
  }

  private void configure(WorkerRequest.Configure wanted) throws IOException {
    if (openMsn >= 0) {
      throw new WorkerProtocolException("Configure inside segment " + openMsn);
    }
    Ladder probed;
    try {
      new VideoDecoder(wanted.input(), wanted.limits().maxPixels()).close();
      probed = known.with(wanted.rungs());
    } catch (RuntimeException e) {
      WorkerLog.warn("configuration refused", "input", wanted.input(), "error", e.getMessage());
      replies.write(new WorkerReply.ConfigureFailed(String.valueOf(e.getMessage())));
      return;
    }
    configuration = wanted;
    ladder = probed;
    known = known.and(probed);
    watchdog.limit(wanted.limits().segmentBusyLimitMs());
    WorkerLog.info(
        "configured",
        "input",
        wanted.input(),
        "rungs",
        wanted.rungs().stream().map(Rung::name).toList());
    announce(wanted.rungs());
  }

  private void announce(List<Rung> rungs) throws IOException {
    for (Rung rung : rungs) {
      for (Ladder.Entry entry : ladder.rungs()) {
        if (entry.rung().equals(rung)) {
          replies.write(
              new WorkerReply.RungReady(rung.name(), entry.avcC(), rung.width(), rung.height()));
        }
      }
    }
  }

  private void begin(WorkerRequest.BeginSegment begin) throws IOException {
    if (configuration == null || openMsn >= 0) {
      throw new WorkerProtocolException(
          "BeginSegment "
              + begin.msn()
              + (openMsn >= 0 ? " inside segment " + openMsn : " before Configure"));
    }
    restartClock();
    openMsn = begin.msn();
    abandoned.begun(openMsn);
    if (abandoned.contains(openMsn)) {
      failed(ABANDONED);
      return;
    }
    try {
      job =
          new SegmentJob(
              begin, configuration.input(), ladder, thumbnails, configuration.limits(), sink);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** A segment's work counts from its begin, or from that of one that it shares the worker with. */
  private void restartClock() {
    if (openMsn < 0 && !audio.isOpen()) {
      clock.restart();
    }
  }

  private void sample(WorkerRequest.Sample sample) throws IOException {
    if (openMsn < 0) {
      throw new WorkerProtocolException("Sample outside a segment");
    }
    if (job == null) {
      return;
    }
    if (abandoned.contains(openMsn)) {
      failed(ABANDONED);
      return;
    }
    try {
      job.sample(sample);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void end(WorkerRequest.EndSegment end) throws IOException {
    if (end.msn() != openMsn) {
      throw new WorkerProtocolException(
          "EndSegment "
              + end.msn()
              + (openMsn < 0 ? " outside a segment" : " inside segment " + openMsn));
    }
    if (job != null && abandoned.contains(openMsn)) {
      failed(ABANDONED);
    } else if (job != null) {
      try {
        job.end(end.endPtsTicks());
        int rejected = job.rejectedSamples();
        if (rejected > 0) {
          WorkerLog.warn("samples refused by the decoder", "msn", openMsn, "count", rejected);
        }
        free();
        replies.write(new WorkerReply.SegmentDone(openMsn));
      } catch (RuntimeException e) {
        failed(e);
      }
    }
    openMsn = -1;
  }

  private void failed(RuntimeException cause) throws IOException {
    failed(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
  }

  /** The job goes first: no frame may follow the failure. */
  private void failed(String reason) throws IOException {
    free();
    WorkerLog.warn("segment failed", "msn", openMsn, "error", reason);
    replies.write(new WorkerReply.SegmentFailed(openMsn, reason));
  }

  /** Frames and thumbnails as replies. */
  private final class Replies implements EncodedSink {
    @Override
    public void encoded(
        long msn, String rung, long timeOut, int durationOut, ParameterSets.Sample sample) {
      reply(
          new WorkerReply.Encoded(
              msn, rung, timeOut, timeOut, durationOut, sample.sync(), sample.data()));
    }

    @Override
    public void thumbnail(long msn, long timeOut, byte[] jpeg, byte[] poster) {
      reply(new WorkerReply.Thumbnail(msn, timeOut, jpeg, poster));
    }

    private void reply(WorkerReply reply) {
      try {
        replies.write(reply);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Gives the open segments' memory back. */
  @Override
  public void close() {
    free();
    audio.close();
  }

  private void free() {
    if (job != null) {
      job.close();
      job = null;
    }
  }
}
