package io.rostrum.ingest.media;

import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.aac.AdtsHeader;
import io.rostrum.media.avc.AvcAccessUnit;
import io.rostrum.media.avc.AvcDecoderConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Takes the configurations and access units of one connection and decides where publications start:
 * at the beginning, where a format changes or a track is added, and where timestamps jump. A later
 * publication waits for an IDR where there is video.
 *
 * <pre>
 *   gathering --(tracks known)--> running --(format changed, time jumped, video stalled)--> gathering
 * </pre>
 *
 * <p>Not safe for two threads at once; belongs to the connection's event loop.
 */
public final class MediaIntake {

  /** Steps of a track's timestamps beyond these are no steps: the sender's clock was set anew. */
  static final long MAX_STEP_BACK_US = 250_000;

  static final long MAX_STEP_AHEAD_US = 5_000_000;

  /** Video that lags audio by more has stopped: audio goes on alone. */
  static final long MAX_VIDEO_LAG_US = 5_000_000;

  private final PublicationOpener opener;
  private final InstantSource clock;
  private final TrackTime videoTime = new TrackTime();
  private final TrackTime audioTime = new TrackTime();

  private AvcDecoderConfig avcConfig;
  private VideoFormat videoFormat;
  private AudioFormat audioFormat;
  private Gathering gathering = new Gathering();
  private RunningPublication running;
  private boolean restartAtIdr;
  private boolean videoStalled;
  private Instant runningPdt;
  private long audioLeadUs;

  /**
   * @param clock tells when frames come in; must not step
   */
  public MediaIntake(PublicationOpener opener, InstantSource clock) {
    this.opener = Objects.requireNonNull(opener, "opener");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * @param avcC an AVCDecoderConfigurationRecord; the same one again changes nothing
   */
  public void videoConfig(byte[] avcC) throws MalformedMediaException {
    setVideo(AvcDecoderConfig.parse(avcC), VideoFormat.ofAvc(avcC, VideoTiming.TIMESCALE));
  }

  /**
   * @param asc an AudioSpecificConfig; the same one again changes nothing
   */
  public void audioConfig(byte[] asc) throws MalformedMediaException {
    AudioFormat format = AudioFormat.ofAac(asc);
    if (format.equals(audioFormat)) {
      return;
    }
    audioFormat = format;
    if (running == null) {
      if (gathering.hasAudio()) {
        gathering = new Gathering();
      }
    } else if (running.hasVideo()) {
      restartAtIdr = true;
    } else {
      restart();
    }
  }

  /**
   * One access unit of H.264.
   *
   * @param timestampMs decode time, modulo 2^32
   * @param compositionMs presentation minus decode time
   * @param nanos to be added to the time, 0 to 999999
   */
  public void video(
      long timestampMs, int compositionMs, int nanos, byte[] buffer, int offset, int length)
      throws MalformedMediaException {
    if (length == 0) {
      return;
    }
    AvcAccessUnit unit =
        AvcAccessUnit.parse(buffer, offset, length, avcConfig == null ? 4 : avcConfig.lengthSize());
    if (unit.hasParameterSets()) {
      takeInBandConfig(unit);
    }
    if (!unit.hasPicture() || videoFormat == null) {
      return;
    }
    if (videoTime.jumps(timestampMs)) {
      restart();
    }
    boolean idr = unit.idr();
    if (running != null && idr && (restartAtIdr || !running.hasVideo())) {
      restart();
    }
    videoStalled &= !idr;
    long timeUs = videoTime.accept(timestampMs) * 1000 + nanos / 1000;
    if (running == null || running.hasVideo()) {
      add(new Frame(true, timeUs, compositionMs, idr, unit.toSample(), clock.instant()));
    }
  }

  /**
   * One access unit of AAC, with or without an ADTS header.
   *
   * @param timestampMs modulo 2^32
   */
  public void audio(long timestampMs, byte[] buffer, int offset, int length)
      throws MalformedMediaException {
    int from = offset;
    if (length > 7 && AdtsHeader.isAt(buffer, offset)) {
      from += AdtsHeader.parse(buffer, offset).headerLength();
    }
    if (from >= offset + length || audioFormat == null) {
      return;
    }
    if (audioTime.jumps(timestampMs)) {
      restart();
    }
    long timeUs = audioTime.accept(timestampMs) * 1000;
    if (running != null && running.hasVideo() && videoLags()) {
      videoStalled = true;
      restart();
      timeUs = audioTime.accept(timestampMs) * 1000;
    }
    if (running != null && (restartAtIdr || !running.hasAudio())) {
      // Audio that the open publication did not announce waits for the next one, and that for an
      // IDR.
      restartAtIdr = true;
      return;
    }
    byte[] data = Arrays.copyOfRange(buffer, from, offset + length);
    add(new Frame(false, timeUs, 0, true, data, clock.instant()));
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

  private void setVideo(AvcDecoderConfig config, VideoFormat format) {
    if (avcConfig != null
        && avcConfig.lengthSize() == config.lengthSize()
        && format.equals(videoFormat)) {
      return;
    }
    avcConfig = config;
    videoFormat = format;
    if (running != null && running.hasVideo()) {
      restart();
    } else if (gathering.hasVideo()) {
      gathering = new Gathering();
    }
  }

  /**
   * Parameter sets among the frames: announced ones are nothing new, others are a new
   * configuration.
   */
  private void takeInBandConfig(AvcAccessUnit unit) throws MalformedMediaException {
    if (avcConfig != null && avcConfig.announces(unit)) {
      return;
    }
    List<byte[]> sps = unit.sequenceParameterSets();
    List<byte[]> pps = new ArrayList<>(unit.pictureParameterSets());
    if (avcConfig == null && (sps.isEmpty() || pps.isEmpty())) {
      return;
    }
    if (avcConfig != null && (sps.isEmpty() || pps.isEmpty())) {
      sps = sps.isEmpty() ? avcConfig.sequenceParameterSets() : sps;
      pps.addAll(0, avcConfig.pictureParameterSets());
    }
    AvcDecoderConfig config = AvcDecoderConfig.ofParameterSets(sps, pps);
    VideoFormat format = VideoFormat.ofAvc(config.toByteArray(), VideoTiming.TIMESCALE);
    int lengthSize = avcConfig == null ? 4 : avcConfig.lengthSize();
    setVideo(config.withLengthSize(lengthSize), format);
  }

  private boolean videoLags() {
    return audioTime.lastMs() * 1000 - videoTime.lastMs() * 1000 > audioLeadUs + MAX_VIDEO_LAG_US;
  }

  private void add(Frame frame) {
    if (running != null) {
      running.add(frame);
      return;
    }
    gathering.add(frame);
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
    restartAtIdr = false;
    // PDT never goes back on one connection: a burst of media is ahead of the clock it came by.
    if (runningPdt == null || start.arrived().isAfter(runningPdt)) {
      runningPdt = start.arrived();
    }
    running = new RunningPublication(start, video, audio, opener.open(tracks, runningPdt));
    gathering = new Gathering();
    start.frames().forEach(running::add);
  }

  private void restart() {
    if (running != null) {
      running.complete();
      runningPdt = runningPdt.plusNanos(running.endUs() * 1000);
    }
    running = null;
    restartAtIdr = false;
    gathering = new Gathering();
    videoTime.forgetStep();
    audioTime.forgetStep();
  }

  /** The timestamps of one track. */
  private static final class TrackTime {
    private TimestampUnwrapper unwrapper = new TimestampUnwrapper();
    private long lastMs;
    private boolean known;

    /** Whether {@code timestampMs} is too far from the last one to be its successor. */
    boolean jumps(long timestampMs) {
      if (!known) {
        return false;
      }
      long stepUs = (unwrapper.peek(timestampMs) - lastMs) * 1000;
      return stepUs < -MAX_STEP_BACK_US || stepUs > MAX_STEP_AHEAD_US;
    }

    long accept(long timestampMs) {
      lastMs = unwrapper.unwrap(timestampMs);
      known = true;
      return lastMs;
    }

    long lastMs() {
      return lastMs;
    }

    /** The next timestamp may be anything. */
    void forgetStep() {
      known = false;
      unwrapper = new TimestampUnwrapper();
    }
  }
}
