package io.rostrum.transcode.segment;

import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.PartLength;
import java.util.ArrayList;
import java.util.List;

/**
 * The sound of a segment where it is not passed through but encoded: what a publication has in
 * another form than the broadcast's, or silence where it has none. Filled by the {@link Segmenter},
 * emptied by the audio encoder. Times in frames are in the output's sample rate.
 */
public final class SegmentSound {
  private static final int MIN_RATE = 32_000;
  private static final int MAX_RATE = 96_000;
  private static final int STEREO_KBPS = 128;
  private static final int MONO_KBPS = 96;

  /** Silence is said this often, so that its parts come in time: every 100 ms. */
  private static final int MARKS_PER_SECOND = 10;

  /** How long sound is waited for before its absence counts as silence, 90 kHz. */
  static final long PATIENCE_TICKS = 90_000;

  /**
   * The same for senders over WebRTC, which send nothing where there is nothing to hear: their
   * sound comes as it is made, and no later than 120 ms behind that.
   */
  static final long PATIENCE_IN_REAL_TIME_TICKS = 36_000;

  private final AudioFormat input;
  private final AudioOutput output;
  private final int framesPerPart;
  private final long patienceTicks;
  private final List<WorkerRequest.AudioSample> samples = new ArrayList<>();
  private boolean begun;
  private long startFrameTicks;
  private long certainTicks = Long.MIN_VALUE;
  private long endFrameTicks = -1;
  private long lastTicks = Long.MIN_VALUE;

  private SegmentSound(
      AudioFormat input, AudioOutput output, int framesPerPart, long patienceTicks) {
    this.input = input;
    this.output = output;
    this.framesPerPart = framesPerPart;
    this.patienceTicks = patienceTicks;
  }

  /**
   * @param input null for silence
   * @param patienceTicks how long sound is waited for, 90 kHz
   * @return null where the rendition is of a form that is not encoded
   */
  static SegmentSound of(AudioFormat input, Rendition rendition, long patienceTicks) {
    if (rendition.sampleRate() < MIN_RATE
        || rendition.sampleRate() > MAX_RATE
        || rendition.channels() > 2) {
      return null;
    }
    return new SegmentSound(
        input,
        new AudioOutput(
            rendition.sampleRate(),
            rendition.channels(),
            rendition.channels() == 1 ? MONO_KBPS : STEREO_KBPS),
        PartLength.frames(
            rendition.sampleRate(), AudioOutput.SAMPLES_PER_FRAME, rendition.partTargetMs()),
        patienceTicks);
  }

  /** What its samples are coded in; null where there are none but marks. */
  public AudioFormat input() {
    return input;
  }

  /** What to encode. */
  public AudioOutput output() {
    return output;
  }

  /** Whether {@link #startFrameTicks()} is known, and samples may come. */
  public boolean isBegun() {
    return begun;
  }

  /** Where its first frame starts. */
  public long startFrameTicks() {
    return startFrameTicks;
  }

  /** What the encoder needs, pre-roll first and post-roll last; grows until {@link #isWhole()}. */
  public List<WorkerRequest.AudioSample> samples() {
    return samples;
  }

  /** Frames that start before are the segment's; what is behind may be the next one's. */
  public long certainTicks() {
    return certainTicks;
  }

  /** Whether {@link #samples()} and {@link #endFrameTicks()} are final. */
  public boolean isWhole() {
    return endFrameTicks >= 0;
  }

  /** Where the next segment's first frame starts; -1 while it is not known. */
  public long endFrameTicks() {
    return endFrameTicks;
  }

  /** Frames of a full part: as many as fit into PART-TARGET. */
  int framesPerPart() {
    return framesPerPart;
  }

  /** Ticks per second of what comes in. */
  int timescale() {
    return input == null ? output.sampleRate() : input.timescale();
  }

  /**
   * Takes what belongs to the segment, as far as that is known.
   *
   * @param queue the publication's frames
   * @param grid where frames may start
   * @param limitTicks the segment's end, or how far it is certain not to have ended, 90 kHz
   * @param leadEndTicks how far the leading track has got, 90 kHz
   * @param ended whether the limit is the end
   * @param flush whether nothing more comes
   * @return whether it is whole now
   */
  boolean take(
      AudioQueue queue,
      SoundGrid grid,
      long limitTicks,
      long leadEndTicks,
      boolean ended,
      boolean flush) {
    if (!begun) {
      begun = true;
      startFrameTicks = grid.frameFrom(Long.MIN_VALUE);
      queue.owned().forEach(this::add);
    }
    long limit = MediaClock.toTrack(limitTicks, timescale());
    for (AudioQueue.Frame frame = queue.takeBefore(limit);
        frame != null;
        frame = queue.takeBefore(limit)) {
      add(frame);
    }
    long limitFrameTicks = MediaClock.toTrack(limitTicks, output.sampleRate());
    certainTicks = Math.max(certainTicks, limitFrameTicks);
    if (!ended) {
      long silentTicks = input == null ? limitTicks : leadEndTicks - patienceTicks;
      long silent = MediaClock.toTrack(silentTicks, timescale());
      if (silent > queue.endTicks()) {
        silentUntil(silent);
      }
      return false;
    }
    boolean past = flush || input == null || leadEndTicks > limitTicks + patienceTicks;
    if (postRoll(queue, limit) || past) {
      endFrameTicks = Math.max(startFrameTicks, grid.frameFrom(limitFrameTicks));
      certainTicks = endFrameTicks;
    }
    return isWhole();
  }

  /** What the last frame's window reaches into; it stays in the queue, being the next segment's. */
  private boolean postRoll(AudioQueue queue, long endTicks) {
    long to = endTicks + AudioOutput.POST_ROLL_MS * (long) timescale() / 1000;
    for (AudioQueue.Frame frame : queue.waiting()) {
      if (frame.unit().decodeTimeTicks() >= to) {
        return true;
      }
      add(frame);
    }
    return false;
  }

  /** Takes a frame of the publication, unless it is here already. */
  private void add(AudioQueue.Frame frame) {
    long ticks = frame.unit().decodeTimeTicks();
    if (ticks > lastTicks && frame.unit().data().length > 0) {
      samples.add(new WorkerRequest.AudioSample(ticks, frame.unit().data()));
      lastTicks = ticks;
    }
  }

  /** Nothing will come before {@code ticks}: what is missing is silence. */
  private void silentUntil(long ticks) {
    if (ticks >= lastTicks
        && (lastTicks == Long.MIN_VALUE || ticks - lastTicks >= timescale() / MARKS_PER_SECOND)) {
      samples.add(new WorkerRequest.AudioSample(ticks, new byte[0]));
      lastTicks = ticks;
    }
  }
}
