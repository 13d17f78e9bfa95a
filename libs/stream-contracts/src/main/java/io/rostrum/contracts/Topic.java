package io.rostrum.contracts;

import java.util.Map;

/**
 * The Kafka topics of Rostrum, with the settings they are created with.
 *
 * <p>The partition count is part of the format: the key's partition must be the same in every topic
 * and for ever, so it is fixed at creation and never raised.
 */
public enum Topic {
  /**
   * Intent: settings, audience, stream-key hashes, "end it". Compacted: the last record of a
   * broadcast counts.
   */
  BROADCASTS(
      "rostrum.broadcasts.v1",
      Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1")),

  /**
   * What publishers sent, in one order. What any crash replays: 24 h, bounded by size per partition
   * as well.
   */
  SOURCE(
      "rostrum.source.v1",
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", hours(24),
          "retention.bytes", gibibytes(32),
          "segment.bytes", mebibytes(256),
          "max.message.bytes", mebibytes(8))),

  /**
   * Parts of the renditions on their way to playback: memory that several nodes share, kept for 30
   * minutes.
   */
  MEDIA(
      "rostrum.media.v1",
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", minutes(30),
          "segment.bytes", mebibytes(64),
          "segment.ms", minutes(10),
          "max.message.bytes", mebibytes(8))),

  /** Facts: what the catalog indexes and every playlist is made from. */
  TIMELINE(
      "rostrum.timeline.v1", Map.of("cleanup.policy", "delete", "retention.ms", hours(7 * 24))),

  /**
   * Where a transcoder goes on after another one. Compacted, in small segments: the newest one is
   * never compacted, and whoever takes over reads it all before viewers get anything.
   */
  CHECKPOINTS(
      "rostrum.checkpoints.v1",
      Map.of(
          "cleanup.policy", "compact",
          "min.cleanable.dirty.ratio", "0.1",
          "segment.bytes", mebibytes(16))),

  /** How live broadcasts are doing, for people to read: ingest and transcode to catalog. */
  HEALTH(
      "rostrum.health.v1",
      Map.of("cleanup.policy", "delete", "retention.ms", minutes(60), "segment.ms", minutes(10)));

  /** The partition count of every topic. */
  public static final int PARTITIONS = 32;

  /**
   * The largest record any client of Rostrum may send, in bytes; producers raise {@code
   * max.request.size} to it.
   */
  public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

  private final String topicName;
  private final Map<String, String> settings;

  Topic(String topicName, Map<String, String> settings) {
    this.topicName = topicName;
    this.settings = settings;
  }

  /** The name in Kafka. */
  public String topicName() {
    return topicName;
  }

  /** Topic configuration by Kafka's own keys. */
  public Map<String, String> settings() {
    return settings;
  }

  private static String minutes(long n) {
    return Long.toString(n * 60_000);
  }

  private static String hours(long n) {
    return minutes(n * 60);
  }

  private static String mebibytes(long n) {
    return Long.toString(n << 20);
  }

  private static String gibibytes(long n) {
    return Long.toString(n << 30);
  }
}
