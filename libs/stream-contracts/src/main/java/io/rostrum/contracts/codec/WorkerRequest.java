package io.rostrum.contracts.codec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What transcode-service asks of its codec worker, in this order of types: see the package's
 * picture.
 */
public sealed interface WorkerRequest {

  /**
   * Sets the ladder and what comes in. Sent first, and again between two segments when a new
   * publication brings another input. Rungs may come and go then, but one of the same name must be
   * the same as before. Answered with a {@link WorkerReply.RungReady} per rung, in the rungs'
   * order, or one {@link WorkerReply.ConfigureFailed}.
   *
   * @param input the publication's coding
   * @param rungs the ladder, 1 to {@link WorkerProtocol#MAX_RUNGS}, names distinct
   * @param limits what hostile input may cost
   */
  record Configure(VideoInput input, List<Rung> rungs, WorkerLimits limits)
      implements WorkerRequest {
    public Configure {
      Objects.requireNonNull(input, "input");
      Objects.requireNonNull(limits, "limits");
      rungs = List.copyOf(rungs);
      Checks.range("number of rungs", rungs.size(), 1, WorkerProtocol.MAX_RUNGS);
      if (rungs.stream().map(Rung::name).distinct().count() != rungs.size()) {
        throw new IllegalArgumentException("two rungs have the same name");
      }
    }
  }

  /**
   * Starts a segment: a fresh decoder and fresh encoders.
   *
   * @param msn the segment's media sequence number
   * @param startPtsTicks presentation time of its first frame in the input's timescale: slot 0 of
   *     the segment's frame grid. Samples before it are pre-roll: decoded, never shown unless slot
   *     0 would be empty
   */
  record BeginSegment(long msn, long startPtsTicks) implements WorkerRequest {
    public BeginSegment {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Times.check("startPtsTicks", startPtsTicks);
    }
  }

  /**
   * One access unit of the open segment, in decoding order.
   *
   * @param ptsTicks presentation time in the input's timescale
   * @param dtsTicks decoding time in the input's timescale
   * @param sync whether it is an IDR; the first sample of a segment is one
   * @param data as in a CMAF sample of the input's codec (shared, not copied: do not change it)
   */
  record Sample(long ptsTicks, long dtsTicks, boolean sync, byte[] data) implements WorkerRequest {
    public Sample {
      Times.check("ptsTicks", ptsTicks);
      Times.check("dtsTicks", dtsTicks);
      Objects.requireNonNull(data, "data");
      Checks.range("sample bytes", data.length, 0, WorkerProtocol.MAX_SAMPLE_BYTES);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sample that
          && ptsTicks == that.ptsTicks
          && dtsTicks == that.dtsTicks
          && sync == that.sync
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return Objects.hash(ptsTicks, dtsTicks, sync, Arrays.hashCode(data));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "Sample[ptsTicks=%d, dtsTicks=%d, sync=%b, bytes=%d]",
          ptsTicks,
          dtsTicks,
          sync,
          data.length);
    }
  }

  /**
   * Ends the open segment. Answered, after its last {@link WorkerReply.Encoded}, with {@link
   * WorkerReply.SegmentDone} or {@link WorkerReply.SegmentFailed} (which may also come before:
   * exactly one of the two per segment).
   *
   * @param msn the open segment's media sequence number
   * @param endPtsTicks exact end of the source segment in the input's timescale: where the next one
   *     starts
   */
  record EndSegment(long msn, long endPtsTicks) implements WorkerRequest {
    public EndSegment {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Times.check("endPtsTicks", endPtsTicks);
    }
  }

  /**
   * Says that nobody waits for a segment any more, open, queued or done. The worker reads it ahead
   * of what was sent before it and stops encoding the segment; the samples that are on their way
   * are dropped. Not answered by itself: the segment's own answer is {@link
   * WorkerReply.SegmentFailed} unless it was done already, and its {@link EndSegment} is still
   * needed.
   *
   * @param msn the media sequence number that its {@link BeginSegment} has
   */
  record AbandonSegment(long msn) implements WorkerRequest {
    public AbandonSegment {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
    }
  }

  /**
   * Asks for small pictures of what is shown, from the next segment on, beside the rungs of {@link
   * Configure}. Not answered.
   *
   * @param widthPixels their width, even, 16 to 640; the height follows from the smallest rung's
   *     shape
   * @param intervalMs one for each multiple of it on the media clock, 100 to 60,000
   * @param posterWidthPixels width of a larger form that comes beside each that shows enough, even,
   *     16 to 1280; 0 for none
   * @param firstPicture one also for the first picture of each segment: for those behind which
   *     there is nothing that would still hold
   */
  record ConfigureThumbnails(
      int widthPixels, int intervalMs, int posterWidthPixels, boolean firstPicture)
      implements WorkerRequest {
    public ConfigureThumbnails {
      Checks.range("widthPixels", widthPixels, 16, 640);
      Checks.range("intervalMs", intervalMs, 100, 60_000);
      if (posterWidthPixels != 0) {
        Checks.range("posterWidthPixels", posterWidthPixels, 16, 1280);
      }
      if (widthPixels % 2 != 0 || posterWidthPixels % 2 != 0) {
        throw new IllegalArgumentException(
            "widths are even for 4:2:0, not " + widthPixels + " and " + posterWidthPixels);
      }
    }
  }

  /**
   * Asks for encoded audio, and says what comes in; without it a worker encodes none. Again between
   * two segments when another publication brings another input; the output must then be the same as
   * before. Needs no {@link Configure} and goes beside it: a worker for audio alone never waits for
   * pictures. Answered with {@link WorkerReply.AudioReady} or {@link WorkerReply.ConfigureFailed}.
   *
   * @param input the publication's coding; null where it has no audio, so that segments are silence
   * @param output what to encode
   * @param limits what hostile input may cost; its counts of pixels and video frames do not matter
   *     here
   */
  record ConfigureAudio(AudioInput input, AudioOutput output, WorkerLimits limits)
      implements WorkerRequest {
    public ConfigureAudio {
      Objects.requireNonNull(output, "output");
      Objects.requireNonNull(limits, "limits");
    }
  }

  /**
   * Starts the audio of a segment: a fresh decoder, resampler and encoder. Its samples follow:
   * first the pre-roll, the publication's samples from {@link AudioOutput#PRE_ROLL_MS} before the
   * segment on as far as there are any, so that decoder and encoder are in the state that
   * continuous coding would have them in; then the segment's own; then the post-roll, those that
   * start within {@link AudioOutput#POST_ROLL_MS} behind its end. More of either is ignored, so a
   * segment's bytes do not depend on it. Where there is nothing, there is silence.
   *
   * @param msn the segment's media sequence number
   * @param startFrameTicks time of the segment's first frame, in the output's sample rate: the
   *     first point of the broadcast's grid of audio frames that belongs to the segment
   */
  record BeginAudio(long msn, long startFrameTicks) implements WorkerRequest {
    public BeginAudio {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Times.check("startFrameTicks", startFrameTicks);
    }
  }

  /**
   * One audio access unit of the open segment, in order. A hole between two becomes silence; what
   * overlaps the one before is left out.
   *
   * @param ptsTicks presentation time in the input's timescale, on the clock of the segment's video
   * @param data the access unit (shared, not copied: do not change it). Empty where there is none,
   *     to say that nothing else starts before this time: so what is missing there is encoded as
   *     silence at once and need not wait for the segment's end. An input of null has no others,
   *     with times in the output's sample rate
   */
  record AudioSample(long ptsTicks, byte[] data) implements WorkerRequest {
    public AudioSample {
      Times.check("ptsTicks", ptsTicks);
      Objects.requireNonNull(data, "data");
      Checks.range("sample bytes", data.length, 0, WorkerProtocol.MAX_AUDIO_SAMPLE_BYTES);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof AudioSample that
          && ptsTicks == that.ptsTicks
          && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
      return Objects.hash(ptsTicks, Arrays.hashCode(data));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "AudioSample[ptsTicks=%d, bytes=%d]", ptsTicks, data.length);
    }
  }

  /**
   * Ends the audio of the open segment. Answered, after its last {@link WorkerReply.EncodedAudio},
   * with {@link WorkerReply.AudioDone} or {@link WorkerReply.AudioFailed} (which may also come
   * before: exactly one of the two per segment).
   *
   * @param msn the open segment's media sequence number
   * @param endFrameTicks where the next segment's first frame lies, in the output's sample rate: a
   *     whole number of frames behind the start, or the start itself where the segment owns none
   */
  record EndAudio(long msn, long endFrameTicks) implements WorkerRequest {
    public EndAudio {
      Checks.range("msn", msn, 0, Long.MAX_VALUE);
      Times.check("endFrameTicks", endFrameTicks);
    }
  }

  /** Finish what was sent, then exit with code 0. */
  record Shutdown() implements WorkerRequest {}
}
