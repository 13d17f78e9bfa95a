package io.rostrum.codecworker;

import io.rostrum.codecworker.audio.AudioJob;
import io.rostrum.codecworker.libav.AacEncoder;
import io.rostrum.codecworker.libav.AudioDecoder;
import io.rostrum.contracts.codec.WorkerProtocolException;
import io.rostrum.contracts.codec.WorkerReplies;
import io.rostrum.contracts.codec.WorkerReply;
import io.rostrum.contracts.codec.WorkerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Does the requests for audio. A segment that fails is answered and forgotten; a request out of
 * turn is the parent's mistake. For the worker's thread.
 */
final class AudioSegments implements AutoCloseable {
  private final WorkerReplies.Writer replies;

  private WorkerRequest.ConfigureAudio configuration;
  private byte[] config;

  /** The segment between its begin and its end, or -1. */
  private long openMsn = -1;

  /** Null also while the open segment has failed already. */
  private AudioJob job;

  AudioSegments(WorkerReplies.Writer replies) {
    this.replies = replies;
  }

  boolean isOpen() {
    return openMsn >= 0;
  }

  void configure(WorkerRequest.ConfigureAudio wanted) throws IOException {
    if (openMsn >= 0) {
      throw new WorkerProtocolException("ConfigureAudio inside the audio of segment " + openMsn);
    }
    byte[] announced;
    try {
      if (configuration != null && !configuration.output().equals(wanted.output())) {
        throw new IllegalArgumentException(
            "the audio output of a worker does not change; start another worker");
      }
      if (wanted.input() != null) {
        new AudioDecoder(wanted.input(), wanted.output().channels()).close();
      }
      try (AacEncoder encoder = new AacEncoder(wanted.output())) {
        announced = encoder.config();
      }
    } catch (RuntimeException e) {
      WorkerLog.warn("audio refused", "input", wanted.input(), "error", e.getMessage());
      replies.write(new WorkerReply.ConfigureFailed(String.valueOf(e.getMessage())));
      return;
    }
    if (config != null && !Arrays.equals(config, announced)) {
      throw new IllegalStateException("two AAC encoders of one output announce different things");
    }
    configuration = wanted;
    config = announced;
    WorkerLog.info("audio configured", "input", wanted.input(), "output", wanted.output());
    replies.write(new WorkerReply.AudioReady(announced));
  }

  void begin(WorkerRequest.BeginAudio begin) throws IOException {
    if (configuration == null || openMsn >= 0) {
      throw new WorkerProtocolException(
          "BeginAudio "
              + begin.msn()
              + (openMsn >= 0 ? " inside segment " + openMsn : " before ConfigureAudio"));
    }
    openMsn = begin.msn();
    try {
      job =
          new AudioJob(
              begin,
              configuration.input(),
              configuration.output(),
              config,
              configuration.limits(),
              this::encoded);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  void sample(WorkerRequest.AudioSample sample) throws IOException {
    if (openMsn < 0) {
      throw new WorkerProtocolException("AudioSample outside a segment");
    }
    if (job == null) {
      return;
    }
    try {
      job.sample(sample);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  void end(WorkerRequest.EndAudio end) throws IOException {
    if (end.msn() != openMsn) {
      throw new WorkerProtocolException(
          "EndAudio "
              + end.msn()
              + (openMsn < 0 ? " outside a segment" : " inside segment " + openMsn));
    }
    if (job != null) {
      try {
        job.end(end.endFrameTicks());
        int rejected = job.rejectedSamples();
        if (rejected > 0) {
          WorkerLog.warn("audio refused by the decoder", "msn", openMsn, "count", rejected);
        }
        close();
        replies.write(new WorkerReply.AudioDone(openMsn));
      } catch (RuntimeException e) {
        failed(e);
      }
    }
    openMsn = -1;
  }

  private void failed(RuntimeException cause) throws IOException {
    close();
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    WorkerLog.warn("audio of a segment failed", "msn", openMsn, "error", reason);
    replies.write(new WorkerReply.AudioFailed(openMsn, reason));
  }

  private void encoded(long ptsTicks, byte[] data) {
    try {
      replies.write(new WorkerReply.EncodedAudio(openMsn, ptsTicks, data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the open segment's memory back. */
  @Override
  public void close() {
    if (job != null) {
      job.close();
      job = null;
    }
  }
}
