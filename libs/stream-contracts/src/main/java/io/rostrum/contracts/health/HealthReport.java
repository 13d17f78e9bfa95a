package io.rostrum.contracts.health;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.json.ContractJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one service has to say about one broadcast at one moment: one record of the health topic,
 * keyed by the broadcast's id. A report counts for {@link #LIFETIME}; who reports sends a new one
 * every {@link #INTERVAL}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HealthReport.Publisher.class, name = "publisher"),
  @JsonSubTypes.Type(value = HealthReport.Transcode.class, name = "transcode"),
})
public sealed interface HealthReport {
  /** From one report of a service to its next. */
  Duration INTERVAL = Duration.ofSeconds(2);

  /** After this a report says nothing about the present any more. */
  Duration LIFETIME = Duration.ofSeconds(10);

  /** The broadcast's id. */
  String broadcast();

  /** The node that reports. */
  String node();

  /** When it was measured. */
  Instant at();

  /** What a producer should look at, most urgent first. */
  List<Warning> warnings();

  /**
   * Ingest, about the publisher that is connected.
   *
   * @param publication the publication it is at
   * @param connected whether it is still there; false in the last report of a publication only
   * @param since when it connected
   * @param protocol {@code RTMP}, {@code RTMPS} or {@code WHIP}
   * @param client how the publisher names itself; may be empty
   * @param video null where there is none
   * @param audio null where there is none
   * @param bitsPerSecond what came in over the last seconds, all of it
   * @param bytesReceived since it connected
   * @param audioAheadMs how much later audio arrives than the video of the same time, beyond what
   *     it did at the start: what A/V synchronisation drifts by. 0 where there is one track only
   * @param timestampJumps how often timestamps jumped and the publication started anew
   * @param packetsLost lost for good on the way here, WHIP only
   * @param roundTripMs 0 where not known
   */
  record Publisher(
      String broadcast,
      String node,
      Instant at,
      String publication,
      boolean connected,
      Instant since,
      String protocol,
      String client,
      Video video,
      Audio audio,
      long bitsPerSecond,
      long bytesReceived,
      long audioAheadMs,
      long timestampJumps,
      long packetsLost,
      double roundTripMs,
      List<Warning> warnings)
      implements HealthReport {
    public Publisher {
      Ids.requireId("broadcast id", broadcast);
      warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
  }

  /**
   * @param codec RFC 6381, e.g. {@code avc1.64001f}
   * @param width in pixels
   * @param height in pixels
   * @param framesPerSecond measured over the last seconds
   * @param bitsPerSecond measured over the last seconds
   * @param keyframeIntervalSeconds the longest of the last three intervals, or the present one
   *     where that is longer already; 0 before the first keyframe
   * @param framesDropped frames that could not be used
   */
  record Video(
      String codec,
      int width,
      int height,
      double framesPerSecond,
      long bitsPerSecond,
      double keyframeIntervalSeconds,
      long framesDropped) {}

  /**
   * @param codec RFC 6381, e.g. {@code mp4a.40.2}
   * @param sampleRate in Hz
   * @param channels 1 is mono
   * @param bitsPerSecond measured over the last seconds
   * @param framesDropped frames that could not be used
   */
  record Audio(
      String codec, int sampleRate, int channels, long bitsPerSecond, long framesDropped) {}

  /**
   * The transcoder that owns the broadcast.
   *
   * @param lagMs how far the newest complete part is behind what ingest has received
   * @param realTimeFactor media seconds encoded per second of encoding; 0 where nothing is encoded
   * @param segmentsWaiting closed segments that are not in the object store yet
   * @param renditions by their order in the ladder
   */
  record Transcode(
      String broadcast,
      String node,
      Instant at,
      long lagMs,
      double realTimeFactor,
      int segmentsWaiting,
      List<RenditionHealth> renditions,
      List<Warning> warnings)
      implements HealthReport {
    public Transcode {
      Ids.requireId("broadcast id", broadcast);
      renditions = renditions == null ? List.of() : List.copyOf(renditions);
      warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
  }

  /**
   * @param rendition its name
   * @param bitsPerSecond of its newest segments
   * @param gaps segments without media so far, those of an absent publisher left out
   * @param lastGap reason of the newest of them; null where there is none
   * @param deferred whether it is being left out now, to be encoded later
   */
  record RenditionHealth(
      String rendition, long bitsPerSecond, long gaps, String lastGap, boolean deferred) {}

  /**
   * Something to do something about.
   *
   * @param code for programs: capitals and underscores, e.g. {@code KEYFRAME_INTERVAL_LONG}; never
   *     changes its meaning
   * @param text for the producer: what is so, and what to do, in plain words
   */
  record Warning(String code, String text) {
    public Warning {
      if (code == null || text == null) {
        throw new ContractException("a warning has a code and a text");
      }
    }
  }

  /** The record's value. */
  default byte[] toBytes() {
    return ContractJson.write(this);
  }

  /**
   * @throws ContractException if {@code value} is not a health report
   */
  static HealthReport parse(byte[] value) {
    return ContractJson.read(value, HealthReport.class);
  }
}
