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
   * publication brings another input; the rungs must then be the same as before. Answered with a
   * {@link WorkerReply.RungReady} per rung, in the rungs' order, or one {@link
   * WorkerReply.ConfigureFailed}.
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
   * @param data length-prefixed NAL units (shared, not copied: do not change it)
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

  /** Finish what was sent, then exit with code 0. */
  record Shutdown() implements WorkerRequest {}
}
