package io.rostrum.contracts.timeline;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.PartTarget;
import java.util.regex.Pattern;

/**
 * One coded form of a broadcast. Fixed by its first publication for the broadcast's life.
 *
 * @param name {@code source}, {@code 1080p}, {@code 720p}, {@code 480p}, {@code 240p} or {@code
 *     audio}: the name in URLs
 * @param kind what it carries
 * @param codecs RFC 6381, e.g. {@code avc1.64001f}
 * @param timescale ticks per second of its track
 * @param bandwidth peak bits per second as declared in the multivariant playlist
 * @param averageBandwidth average bits per second as declared
 * @param width in pixels; 0 for audio
 * @param height in pixels; 0 for audio
 * @param frameRate frames per second, rounded to 3 decimals; 0 for audio or where unknown
 * @param partDurationTicks duration of a full part in ticks of {@code timescale}
 * @param sampleRate in Hz; 0 for video
 * @param channels 0 for video
 * @param partTargetMs PART-TARGET of its playlists, the same in all renditions of a broadcast;
 *     facts without it mean {@link PartTarget#DEFAULT_MS}
 * @param recordedOnly whether it is kept and can be played by its own address, but is not offered
 *     to players: a source in a codec that few of them know
 */
public record Rendition(
    String name,
    Kind kind,
    String codecs,
    int timescale,
    long bandwidth,
    long averageBandwidth,
    int width,
    int height,
    double frameRate,
    long partDurationTicks,
    int sampleRate,
    int channels,
    int partTargetMs,
    boolean recordedOnly) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,16}");

  /** What a rendition carries: exactly one track. */
  public enum Kind {
    VIDEO,
    AUDIO
  }

  public Rendition {
    partTargetMs = partTargetMs == 0 ? PartTarget.DEFAULT_MS : partTargetMs;
    PartTarget.check(partTargetMs);
    if (!isName(name) || kind == null || timescale <= 0) {
      throw new ContractException("rendition with a bad name, kind or timescale: " + name);
    }
  }

  /** A rendition that is offered to players, with parts of {@link PartTarget#DEFAULT_MS}. */
  public Rendition(
      String name,
      Kind kind,
      String codecs,
      int timescale,
      long bandwidth,
      long averageBandwidth,
      int width,
      int height,
      double frameRate,
      long partDurationTicks,
      int sampleRate,
      int channels) {
    this(
        name,
        kind,
        codecs,
        timescale,
        bandwidth,
        averageBandwidth,
        width,
        height,
        frameRate,
        partDurationTicks,
        sampleRate,
        channels,
        PartTarget.DEFAULT_MS,
        false);
  }

  /** The same in the codec that its encoder says it writes, as {@link #codecs()}. */
  public Rendition withCodecs(String written) {
    return new Rendition(
        name,
        kind,
        written,
        timescale,
        bandwidth,
        averageBandwidth,
        width,
        height,
        frameRate,
        partDurationTicks,
        sampleRate,
        channels,
        partTargetMs,
        recordedOnly);
  }

  /** Whether {@code text} has the form of a rendition's name. */
  public static boolean isName(String text) {
    return text != null && NAME.matcher(text).matches();
  }
}
