package io.rostrum.ingest.media;

import io.rostrum.ingest.media.codec.AudioBitstream;
import io.rostrum.ingest.media.codec.CodedFrame;
import io.rostrum.ingest.media.codec.CodedPicture;
import io.rostrum.ingest.media.codec.VideoBitstream;
import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.CodedBytes;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Takes the configurations and access units of one connection, whatever its protocol and codecs,
 * and decides where publications start: at the beginning, where a format changes or a track is
 * added, and where timestamps jump. A later publication waits for a keyframe where there is video.
 *
 * <pre>
 *   gathering --(tracks known)--> running --(format changed, time jumped, video stalled)--> gathering
 * </pre>
 *
 * <p>Times are microseconds on the sender's clock as 64 bits that do not wrap: unwrapping is the
 * protocol's business. Each track may have a clock of its own, from any start.
 *
 * <p>Not safe for two threads at once; belongs to the connection's event loop.
 */
public final class MediaIntake {

  /** Steps of a track's timestamps beyond these are no steps: the sender's clock was set anew. */
  static final long MAX_STEP_BACK_US = 250_000;

  /** A longer gap would make a segment that is longer than any may be. */
  static final long MAX_STEP_AHEAD_US = 5_000_000;

  /** Video that lags audio by more has stopped: audio goes on alone. */
  static final long MAX_VIDEO_LAG_US = 5_000_000;

  private final PublicationOpener opener;
  private final InstantSource clock;
  private final int partTargetMs;
  private final boolean shortStart;
  private final Function<VideoCodec, VideoBitstream> bitstreams;
  private final MediaMeasurement measurement;
  private final TrackTime videoTime = new TrackTime();
  private final TrackTime audioTime = new TrackTime();

  private VideoBitstream videoBitstream;
  private AudioBitstream audioBitstream;
  private VideoFormat videoFormat;
  private AudioFormat audioFormat;
  private Gathering gathering = new Gathering(true);
  private RunningPublication running;
  private boolean restartAtKeyframe;
  private boolean videoStalled;
  private Instant runningPdt;
  private long audioLeadUs;

  /**
   * @param clock tells when frames come in; must not step
   * @param partTargetMs how long parts may be
   */
  public MediaIntake(PublicationOpener opener, InstantSource clock, int partTargetMs) {
    this(opener, clock, partTargetMs, false, VideoBitstream::of);
  }

  private MediaIntake(
      PublicationOpener opener,
      InstantSource clock,
      int partTargetMs,
      boolean shortStart,
      Function<VideoCodec, VideoBitstream> bitstreams) {
    this.partTargetMs = partTargetMs;
    this.shortStart = shortStart;
    this.bitstreams = bitstreams;
    this.opener = Objects.requireNonNull(opener, "opener");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.measurement = new MediaMeasurement(clock);
  }

  /**
   * For senders whose picture size follows what the way bears, as over WebRTC: configurations stay
   * in the samples, and one that changes is no reason to start anew. Nothing of them is passed
   * through, so the first segment may end between two keyframes, and does so after half a second.
   *
   * @param clock as for the others
   * @param partTargetMs how long parts may be
   */
  public static MediaIntake inBand(
      PublicationOpener opener, InstantSource clock, int partTargetMs) {
    return new MediaIntake(opener, clock, partTargetMs, true, VideoBitstream::inBand);
  }

  /** What is known of the media so far. */
  public MediaMeasurement measurement() {
    return measurement;
  }

  /**
   * @param config the codec's configuration record, as {@link VideoCodec} names it; the same one
   *     again changes nothing
   */
  public void videoConfig(VideoCodec codec, byte[] config) throws MalformedMediaException {
    bitstream(codec).config(config);
    takeVideoFormat();
  }

  /**
   * @param config the codec's configuration, as {@link AudioCodec} names it; the same one again
   *     changes nothing
   */
  public void audioConfig(AudioCodec codec, byte[] config) throws MalformedMediaException {
    bitstream(codec).config(config);
    takeAudioFormat();
  }

  /**
   * One access unit of video: NAL units behind lengths or start codes, an AV1 temporal unit, a VP8
   * or VP9 frame. Configurations that come in band are found.
   *
   * @param decodeTimeUs on the sender's clock
   * @param compositionUs presentation minus decode time; may be negative
   */
  public void video(
      VideoCodec codec,
      long decodeTimeUs,
      long compositionUs,
      byte[] buffer,
      int offset,
      int length)
      throws MalformedMediaException {
    if (length == 0) {
      return;
    }
    CodedPicture picture = bitstream(codec).read(buffer, offset, length);
    takeVideoFormat();
    if (picture == null) {
      return;
    }
    if (videoTime.jumps(decodeTimeUs)) {
      timeJumped(true);
    }
    measurement.video(videoFormat, decodeTimeUs, picture.sync(), length);
    boolean sync = picture.sync();
    if (running != null && sync && (restartAtKeyframe || !running.hasVideo())) {
      restart();
    }
    videoStalled &= !sync;
    videoTime.accept(decodeTimeUs);
    if (running == null || running.hasVideo()) {
      add(new Frame(true, decodeTimeUs, compositionUs, 0, sync, picture.sample(), clock.instant()));
    }
  }

  /**
   * One access unit of audio.
   *
   * @param timeUs on the sender's clock
   */
  public void audio(AudioCodec codec, long timeUs, byte[] buffer, int offset, int length)
      throws MalformedMediaException {
    if (length == 0) {
      return;
    }
    CodedFrame frame = bitstream(codec).read(buffer, offset, length);
    takeAudioFormat();
    if (frame == null) {
      return;
    }
    if (audioTime.jumps(timeUs)) {
      audioJumped(timeUs);
    }
    measurement.audio(audioFormat, timeUs, length);
    audioTime.accept(timeUs);
    if (running != null && running.hasVideo() && videoLags()) {
      videoStalled = true;
      restart();
      audioTime.accept(timeUs);
    }
    if (running != null && (restartAtKeyframe || !running.hasAudio())) {
      // Audio that the open publication did not announce waits for the next one, and that for a
      // keyframe.
      restartAtKeyframe = true;
      return;
    }
    add(
        new Frame(
            false, timeUs, 0, frame.samples(), true, CodedBytes.of(frame.data()), clock.instant()));
  }

  /** Nothing more comes: sends what is held, also where no track was worth waiting for. */
  public void complete() {
    if (running == null && (gathering.hasVideo() || gathering.hasAudio())) {
      start();
    }
    if (running != null) {
      running.complete();
      running = null;
    }
  }

  /** Whether media has come far enough to be published. */
  public boolean isRunning() {
    return running != null;
  }

  private VideoBitstream bitstream(VideoCodec codec) {
    if (videoBitstream == null || videoBitstream.codec() != codec) {
      videoBitstream = bitstreams.apply(codec);
    }
    return videoBitstream;
  }

  private AudioBitstream bitstream(AudioCodec codec) {
    if (audioBitstream == null || audioBitstream.codec() != codec) {
      audioBitstream = AudioBitstream.of(codec);
    }
    return audioBitstream;
  }

  private void takeVideoFormat() {
    VideoFormat format = videoBitstream.format();
    if (format == videoFormat || format == null || format.equals(videoFormat)) {
      return;
    }
    videoFormat = format;
    if (running != null && running.hasVideo()) {
      restart();
    } else {
      gathering.forgetVideo();
    }
  }

  private void takeAudioFormat() {
    AudioFormat format = audioBitstream.format();
    if (format == audioFormat || format == null || format.equals(audioFormat)) {
      return;
    }
    audioFormat = format;
    if (running == null) {
      gathering.forgetAudio();
    } else if (running.hasVideo()) {
      restartAtKeyframe = true;
    } else {
      restart();
    }
  }

  private boolean videoLags() {
    return audioTime.lastUs() - videoTime.lastUs() > audioLeadUs + MAX_VIDEO_LAG_US;
  }

  /**
   * One track's clock was set anew. Where the other track's follows a moment later, and all is
   * still held, what is held of that other track stays as it is.
   */
  private void timeJumped(boolean video) {
    if (running != null) {
      measurement.jumped();
      restart();
    } else if (video) {
      gathering.forgetVideo();
    } else {
      gathering.forgetAudio();
    }
  }

  /**
   * Sound that jumps to where the picture is has only followed the picture's clock, a moment later:
   * nothing has to start anew, and no picture is lost by waiting for a keyframe.
   */
  private void audioJumped(long timeUs) {
    boolean follows =
        running != null
            && running.hasVideo()
            && Math.abs(timeUs - videoTime.lastUs()) <= Gathering.MAX_WAIT_US;
    if (follows) {
      running.putAudioOnVideoClock();
      audioLeadUs = 0;
      measurement.timesStartAnew();
    } else {
      timeJumped(false);
    }
  }

  private void add(Frame frame) {
    if (running != null) {
      running.add(frame);
      return;
    }
    if (!gathering.add(frame)) {
      measurement.videoDropped();
    }
    if (gathering.isComplete(videoFormat != null && !videoStalled)) {
      start();
    }
  }

  private void start() {
    Gathering.Start start = gathering.start();
    VideoFormat video = gathering.hasVideo() ? videoFormat : null;
    AudioFormat audio = gathering.hasAudio() ? audioFormat : null;
    List<Track> tracks = new ArrayList<>(2);
    if (video != null) {
      tracks.add(new Track(RunningPublication.VIDEO_TRACK, video));
    }
    if (audio != null) {
      tracks.add(new Track(RunningPublication.AUDIO_TRACK, audio));
    }
    audioLeadUs = start.audioZeroUs() - start.videoZeroUs();
    restartAtKeyframe = false;
    // PDT never goes back on one connection: a burst of media is ahead of the clock it came by.
    if (runningPdt == null || start.arrived().isAfter(runningPdt)) {
      runningPdt = start.arrived();
    }
    running =
        new RunningPublication(
            start,
            video,
            audio,
            opener.open(tracks, runningPdt),
            partTargetMs,
            shortStart,
            measurement::audioDropped);
    gathering = new Gathering(false);
    start.frames().forEach(running::add);
  }

  private void restart() {
    if (running != null) {
      running.complete();
      runningPdt = runningPdt.plusNanos(running.endUs() * 1000);
    }
    running = null;
    restartAtKeyframe = false;
    gathering = new Gathering(false);
    videoTime.forgetStep();
    audioTime.forgetStep();
  }

  /** The timestamps of one track. */
  private static final class TrackTime {
    private long lastUs;
    private boolean known;

    /** Whether {@code timeUs} is too far from the last one to be its successor. */
    boolean jumps(long timeUs) {
      long stepUs = timeUs - lastUs;
      return known && (stepUs < -MAX_STEP_BACK_US || stepUs > MAX_STEP_AHEAD_US);
    }

    void accept(long timeUs) {
      lastUs = timeUs;
      known = true;
    }

    long lastUs() {
      return lastUs;
    }

    /** The next timestamp may be anything. */
    void forgetStep() {
      known = false;
    }
  }
}
