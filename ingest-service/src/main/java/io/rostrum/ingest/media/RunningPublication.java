package io.rostrum.ingest.media;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.Fragment;
import java.util.OptionalLong;

/**
 * A publication whose tracks and media time 0 are fixed: frames in, chunks out. A video frame is
 * held until the next one tells how long it lasts; audio frames go on at once. Chunks end where
 * parts do, so that no part waits for frames behind it.
 */
final class RunningPublication {

  static final int VIDEO_TRACK = 1;
  static final int AUDIO_TRACK = 2;

  private static final int FALLBACK_DURATION_TICKS = VideoTiming.TIMESCALE / 30;

  private final Gathering.Start start;
  private final Runnable audioDropped;
  private final VideoFormat videoFormat;
  private final AudioFormat audioFormat;
  private final PublicationOutput output;
  private final VideoTiming videoTiming;
  private final AudioGrid audioGrid;
  private final Cutter cutter;
  private final ChunkAssembler videoChunks;
  private final ChunkAssembler audioChunks;
  private final SoundParts soundParts;

  private long audioZeroUs;
  private boolean videoStarted;
  private int decodeShiftTicks;
  private AccessUnit heldVideo;
  private int lastDurationTicks = FALLBACK_DURATION_TICKS;
  private long endUs;
  private int fragments;

  /**
   * @param videoFormat null where there is no video
   * @param audioFormat null where there is no audio
   * @param partTargetMs how long parts may be
   * @param shortStart whether the first segment is {@value SegmentCutter#SHORT_START_MS} ms long
   * @param audioDropped is told of each audio frame that had no place on the grid
   */
  RunningPublication(
      Gathering.Start start,
      VideoFormat videoFormat,
      AudioFormat audioFormat,
      PublicationOutput output,
      int partTargetMs,
      boolean shortStart,
      Runnable audioDropped) {
    this.start = start;
    this.audioZeroUs = start.audioZeroUs();
    this.audioDropped = audioDropped;
    this.videoFormat = videoFormat;
    this.audioFormat = audioFormat;
    this.output = output;
    int audioRate = audioFormat == null ? 1 : audioFormat.timescale();
    videoTiming = new VideoTiming(videoFormat == null ? null : videoFormat.frameRate());
    audioGrid = new AudioGrid(audioRate);
    cutter = cutter(videoFormat != null, audioRate, partTargetMs, shortStart);
    videoChunks = new ChunkAssembler(VIDEO_TRACK, VideoTiming.TIMESCALE, this::write);
    audioChunks = new ChunkAssembler(AUDIO_TRACK, audioRate, this::write);
    soundParts = new SoundParts(audioRate, partTargetMs);
  }

  private static Cutter cutter(boolean video, int audioRate, int partTargetMs, boolean shortStart) {
    if (!video) {
      return new AudioCutter(audioRate, partTargetMs);
    }
    return shortStart
        ? SegmentCutter.withShortStart(VideoTiming.TIMESCALE, partTargetMs)
        : new SegmentCutter(VideoTiming.TIMESCALE, partTargetMs);
  }

  boolean hasVideo() {
    return videoFormat != null;
  }

  boolean hasAudio() {
    return audioFormat != null;
  }

  /** Media time that has been reached, in microseconds. */
  long endUs() {
    return endUs;
  }

  void add(Frame frame) {
    if (frame.video()) {
      addVideo(frame);
    } else {
      addAudio(frame);
    }
  }

  /** From here on both tracks' timestamps mean the same. */
  void putAudioOnVideoClock() {
    audioZeroUs = start.videoZeroUs();
  }

  /** Sends all that is held; nothing may be added afterwards. */
  void complete() {
    if (heldVideo != null) {
      releaseVideo(lastDurationTicks);
    }
    videoChunks.flush();
    audioChunks.flush();
  }

  private void addVideo(Frame frame) {
    int compositionTicks = (int) toTicks(frame.compositionUs());
    if (!videoStarted) {
      videoStarted = true;
      // DESIGN.md, invariant 4: decode time is counted from the first presentation time, offsets
      // are signed.
      decodeShiftTicks = compositionTicks;
    }
    long relativeUs = frame.timeUs() - start.videoZeroUs();
    VideoTiming.Times times =
        videoTiming.next(
            toTicks(relativeUs) + decodeShiftTicks, compositionTicks - decodeShiftTicks);
    if (heldVideo != null) {
      releaseVideo((int) (times.decodeTicks() - heldVideo.decodeTimeTicks()));
    }
    heldVideo =
        new AccessUnit(
            times.decodeTicks(), times.compositionTicks(), 0, frame.sync(), frame.coded());
    endUs = Math.max(endUs, times.decodeTicks() * 100 / 9);
  }

  private void releaseVideo(int durationTicks) {
    AccessUnit unit =
        new AccessUnit(
            heldVideo.decodeTimeTicks(),
            heldVideo.compositionOffsetTicks(),
            durationTicks,
            heldVideo.sync(),
            heldVideo.coded());
    heldVideo = null;
    lastDurationTicks = durationTicks;
    Cut cut = cutter.next(unit.decodeTimeTicks(), unit.endDecodeTimeTicks(), unit.sync());
    videoChunks.add(unit, cut);
    boolean awaited = soundParts.picture(unit.endDecodeTimeTicks());
    if (cut.startsSegment()) {
      // With its first picture the segment before has an end, for which the rest of that one's
      // sound has been waiting.
      soundParts.segment(unit.presentationTimeTicks());
      audioChunks.flush();
    }
    if (cut.startsSegment() || awaited || cutter.endsPart()) {
      videoChunks.flush();
    }
  }

  private void addAudio(Frame frame) {
    long relativeUs = frame.timeUs() - audioZeroUs;
    OptionalLong place = audioGrid.next(Math.max(0, relativeUs), frame.samples());
    if (place.isEmpty()) {
      audioDropped.run();
      return;
    }
    AccessUnit unit = new AccessUnit(place.getAsLong(), 0, frame.samples(), true, frame.coded());
    Cut cut =
        hasVideo()
            ? Cut.NONE
            : cutter.next(unit.decodeTimeTicks(), unit.endDecodeTimeTicks(), true);
    audioChunks.add(unit, cut);
    if (!hasVideo()) {
      if (cutter.endsPart()) {
        audioChunks.flush();
      }
    } else if (soundParts.endsWith(unit)) {
      audioChunks.flush();
      if (soundParts.ended(unit)) {
        videoChunks.flush();
      }
    }
    endUs = Math.max(endUs, unit.endDecodeTimeTicks() * 1_000_000 / audioFormat.timescale());
  }

  /** Microseconds in ticks of 90 kHz, rounded. */
  private static long toTicks(long us) {
    return Math.floorDiv(us * 9 + 50, 100L);
  }

  private void write(MediaChunk chunk) {
    output.chunk(
        chunk.trackId(),
        chunk.cut().startsSegment(),
        chunk.cut().startsPart(),
        chunk.sync(),
        new Fragment(++fragments, chunk.trackId(), chunk.units()));
  }
}
