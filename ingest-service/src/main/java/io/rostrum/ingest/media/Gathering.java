package io.rostrum.ingest.media;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The start of a publication, held back until its tracks are known: both are there, or one has
 * waited for the other long enough. Fixes what is media time 0.
 */
final class Gathering {

  /** How much media of one track waits for a track that nothing has announced. */
  static final long MAX_WAIT_US = 2_000_000;

  /**
   * How much audio waits for the first keyframe of a video track whose configuration is there: at
   * the start of a connection longer than the longest keyframe interval that is known, because the
   * first publication fixes for ever whether a broadcast has a picture.
   */
  static final long MAX_FIRST_WAIT_FOR_KEYFRAME_US = 21_000_000;

  /** The same later on: then sound alone is better than nothing. */
  static final long MAX_WAIT_FOR_KEYFRAME_US = 10_000_000;

  /**
   * How much audio may stand before the first picture: encoders' priming and interleaving, no more.
   * A segment starts with a picture, so that earlier audio belongs to none.
   */
  static final long MAX_AUDIO_LEAD_US = 100_000;

  private static final long MAX_HELD_BYTES = 16 << 20;

  /** What a frame costs besides its bytes: a publisher may send a million frames of one byte. */
  private static final int FRAME_OVERHEAD_BYTES = 128;

  private final long maxWaitForKeyframeUs;
  private final List<Frame> frames = new ArrayList<>();
  private Frame firstVideo;
  private Frame firstAudio;
  private long videoEndUs;
  private long audioEndUs;
  private long bytes;

  /**
   * @param first whether it is the first of its connection
   */
  Gathering(boolean first) {
    maxWaitForKeyframeUs = first ? MAX_FIRST_WAIT_FOR_KEYFRAME_US : MAX_WAIT_FOR_KEYFRAME_US;
  }

  /**
   * Takes a frame.
   *
   * @return false for video in front of the first keyframe, which cannot be decoded and is left out
   */
  boolean add(Frame frame) {
    if (frame.video()) {
      if (firstVideo == null) {
        if (!frame.sync()) {
          return false;
        }
        firstVideo = frame;
      }
      videoEndUs = frame.timeUs();
    } else {
      if (firstAudio == null) {
        firstAudio = frame;
      }
      audioEndUs = frame.timeUs();
    }
    bytes += held(frame);
    frames.add(frame);
    return true;
  }

  /** Video starts anew; audio that is held stays. */
  void forgetVideo() {
    frames.removeIf(Frame::video);
    firstVideo = null;
    videoEndUs = 0;
    countBytes();
  }

  /** Audio starts anew; video that is held stays, since its keyframe may be the last for long. */
  void forgetAudio() {
    frames.removeIf(frame -> !frame.video());
    firstAudio = null;
    audioEndUs = 0;
    countBytes();
  }

  private void countBytes() {
    bytes = frames.stream().mapToLong(Gathering::held).sum();
  }

  private static long held(Frame frame) {
    return frame.coded().length() + FRAME_OVERHEAD_BYTES;
  }

  /**
   * @param videoExpected whether a video configuration is there
   */
  boolean isComplete(boolean videoExpected) {
    if (firstVideo != null && firstAudio != null || bytes > MAX_HELD_BYTES) {
      return true;
    }
    if (firstVideo != null) {
      return videoEndUs - firstVideo.timeUs() >= MAX_WAIT_US;
    }
    return firstAudio != null
        && audioEndUs - firstAudio.timeUs() >= (videoExpected ? maxWaitForKeyframeUs : MAX_WAIT_US);
  }

  boolean hasVideo() {
    return firstVideo != null;
  }

  boolean hasAudio() {
    return firstAudio != null;
  }

  /**
   * Where media time 0 is on the sender's clocks.
   *
   * @param videoZeroUs sender's time of video that is media time 0
   * @param audioZeroUs the same for audio; another one only where the sender's two clocks have
   *     nothing in common
   * @param arrived when the access unit at media time 0 came in
   * @param frames all that was held, in order of arrival
   */
  record Start(long videoZeroUs, long audioZeroUs, Instant arrived, List<Frame> frames) {}

  /** Ends the wait. */
  Start start() {
    if (firstVideo == null || firstAudio == null) {
      Frame first = firstVideo == null ? firstAudio : firstVideo;
      return new Start(
          first.presentationUs(), first.presentationUs(), first.arrived(), List.copyOf(frames));
    }
    long videoUs = firstVideo.presentationUs();
    // Neither waits for more than MAX_WAIT_US of the other, unless for a keyframe: a larger offset
    // is
    // no offset.
    if (Math.abs(firstAudio.timeUs() - videoUs) > maxWaitForKeyframeUs + MAX_WAIT_US) {
      return new Start(
          videoUs, firstAudio.timeUs(), earlier(firstVideo, firstAudio), List.copyOf(frames));
    }
    List<Frame> kept = new ArrayList<>(frames);
    kept.removeIf(f -> !f.video() && f.timeUs() < videoUs - MAX_AUDIO_LEAD_US);
    Frame zero = firstVideo;
    for (Frame frame : kept) {
      if (frame.presentationUs() < zero.presentationUs() && !frame.video()) {
        zero = frame;
      }
    }
    return new Start(zero.presentationUs(), zero.presentationUs(), zero.arrived(), kept);
  }

  private static Instant earlier(Frame a, Frame b) {
    return a.arrived().isBefore(b.arrived()) ? a.arrived() : b.arrived();
  }
}
