package io.rostrum.codecworker.audio;

import io.rostrum.codecworker.libav.AacEncoder;
import io.rostrum.codecworker.libav.AudioDecoder;
import io.rostrum.codecworker.libav.LibavException;
import io.rostrum.codecworker.segment.SegmentException;
import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.WorkerLimits;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.Arrays;

/**
 * The encoding of one segment's audio. Everything native that it uses is made by it and freed by
 * {@link #close}. For the worker's thread.
 */
public final class AudioJob implements AutoCloseable {
  /**
   * Frames that are encoded before the segment's first and thrown away, so that the encoder's
   * decisions are those of one that never stopped. See the README for what was measured.
   */
  static final int ENCODER_PRE_ROLL_FRAMES = 4;

  /** How far from the segment's start its samples may lie: the longest segment has 6 s. */
  private static final int MAX_SECONDS = 60;

  private static final int FRAME = AudioOutput.SAMPLES_PER_FRAME;

  private final AudioInput input;
  private final AudioOutput output;
  private final WorkerLimits limits;
  private final AudioSink sink;
  private final long startTicks;
  private final AacEncoder encoder;
  private final AudioDecoder decoder;
  private final FrameCutter cutter;
  private final SoundLine line;

  /** What the next access unit of the encoder decodes to. */
  private long nextTicks;

  /** Access units from here on are not the segment's; far away until its end is known. */
  private long endTicks = Long.MAX_VALUE;

  private long segmentBytes;

  /**
   * Opens a decoder and an encoder.
   *
   * @param input what its samples are coded in; null where there are none
   * @param config what every encoder of this output must announce
   */
  public AudioJob(
      WorkerRequest.BeginAudio begin,
      AudioInput input,
      AudioOutput output,
      byte[] config,
      WorkerLimits limits,
      AudioSink sink) {
    this(begin, input, output, config, limits, sink, ENCODER_PRE_ROLL_FRAMES);
  }

  AudioJob(
      WorkerRequest.BeginAudio begin,
      AudioInput input,
      AudioOutput output,
      byte[] config,
      WorkerLimits limits,
      AudioSink sink,
      int preRollFrames) {
    this.input = input;
    this.output = output;
    this.limits = limits;
    this.sink = sink;
    this.startTicks = begin.startFrameTicks();
    long firstTicks = startTicks - (long) preRollFrames * FRAME;
    this.nextTicks = firstTicks - AacEncoder.PRIMING_SAMPLES;
    this.cutter = new FrameCutter(output.channels(), firstTicks, this::encode);
    this.decoder = input == null ? null : new AudioDecoder(input, output.channels());
    this.line = input == null ? null : new SoundLine(input, output, cutter);
    try {
      this.encoder = new AacEncoder(output);
    } catch (RuntimeException e) {
      if (decoder != null) {
        decoder.close();
      }
      throw e;
    }
    if (!Arrays.equals(encoder.config(), config)) {
      close();
      throw new LibavException(
          "a fresh AAC encoder announces another configuration than the first");
    }
  }

  /**
   * Decodes a sample and encodes what has become certain.
   *
   * @throws RuntimeException if the segment has failed; the job can only be closed then
   */
  public void sample(WorkerRequest.AudioSample sample) {
    segmentBytes += sample.data().length;
    if (segmentBytes > limits.maxSegmentBytes()) {
      throw new SegmentException("more than " + limits.maxSegmentBytes() + " bytes of audio");
    }
    int timescale = input == null ? output.sampleRate() : input.timescale();
    long ticks = SoundLine.rescale(sample.ptsTicks(), output.sampleRate(), timescale);
    if (ticks > startTicks + (long) MAX_SECONDS * output.sampleRate()) {
      throw new SegmentException(
          "an audio sample lies more than " + MAX_SECONDS + " s behind its segment's start");
    }
    if (ticks < startTicks - (long) AudioOutput.PRE_ROLL_MS * output.sampleRate() / 1000) {
      return;
    }
    if (input == null) {
      cutter.silenceTo(ticks);
    } else if (sample.data().length == 0) {
      line.silenceTo(sample.ptsTicks());
    } else {
      decoder.decode(sample, line::add);
    }
  }

  /**
   * Encodes to the segment's end.
   *
   * @param endFrameTicks where the next segment's first frame starts
   */
  public void end(long endFrameTicks) {
    if (endFrameTicks < startTicks
        || (endFrameTicks - startTicks) % FRAME != 0
        || endFrameTicks > startTicks + (long) MAX_SECONDS * output.sampleRate()) {
      throw new SegmentException(
          "the audio ends at "
              + endFrameTicks
              + ", not a whole number of frames behind its start at "
              + startTicks);
    }
    endTicks = endFrameTicks;
    if (line != null) {
      line.end();
    }
    while (nextTicks < endTicks) {
      cutter.silenceTo(cutter.openTicks() + FRAME);
    }
  }

  /** Samples that the decoder refused; each left a hole. */
  public int rejectedSamples() {
    return decoder == null ? 0 : decoder.rejectedSamples();
  }

  private void encode(float[][] frame) {
    if (nextTicks >= endTicks) {
      return;
    }
    byte[] unit = encoder.encode(frame);
    if (unit != null) {
      if (nextTicks >= startTicks) {
        sink.encoded(nextTicks, unit);
      }
      nextTicks += FRAME;
    }
  }

  /** Gives all native memory back. */
  @Override
  public void close() {
    if (line != null) {
      line.close();
    }
    if (decoder != null) {
      decoder.close();
    }
    encoder.close();
  }
}
