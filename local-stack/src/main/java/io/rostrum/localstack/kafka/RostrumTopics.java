package io.rostrum.localstack.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The topics of Rostrum and how long each keeps its records. */
public final class RostrumTopics {

  /** All topics have the same number, so that a broadcast has the same partition in each. */
  public static final int PARTITIONS = 32;

  private static final long MEBIBYTE = 1024L * 1024;

  private RostrumTopics() {}

  /** All topics with {@value #PARTITIONS} partitions. */
  public static List<TopicSettings> all() {
    return all(PARTITIONS);
  }

  /** All topics, with another number of partitions: fewer make a test quicker. */
  public static List<TopicSettings> all(int partitions) {
    return List.of(
        new TopicSettings("rostrum.broadcasts.v1", partitions, compacted()),
        // 8 Mb/s for 24 h are 86 GB: the bound by size (per partition) protects a laptop's disk.
        new TopicSettings(
            "rostrum.source.v1",
            partitions,
            kept(Duration.ofHours(24), 4096 * MEBIBYTE, Duration.ofHours(1))),
        new TopicSettings(
            "rostrum.media.v1",
            partitions,
            kept(Duration.ofMinutes(30), -1, Duration.ofMinutes(5))),
        new TopicSettings(
            "rostrum.timeline.v1", partitions, kept(Duration.ofDays(7), -1, Duration.ofDays(1))),
        new TopicSettings("rostrum.checkpoints.v1", partitions, compacted()));
  }

  private static Map<String, String> kept(Duration time, long bytes, Duration segment) {
    Map<String, String> configuration = common();
    configuration.put("cleanup.policy", "delete");
    configuration.put("retention.ms", Long.toString(time.toMillis()));
    configuration.put("retention.bytes", Long.toString(bytes));
    // Only whole log segments are deleted: they must be short against the retention.
    configuration.put("segment.ms", Long.toString(segment.toMillis()));
    configuration.put("segment.bytes", Long.toString(128 * MEBIBYTE));
    return configuration;
  }

  private static Map<String, String> compacted() {
    Map<String, String> configuration = common();
    configuration.put("cleanup.policy", "compact");
    configuration.put("segment.ms", Long.toString(Duration.ofHours(1).toMillis()));
    configuration.put("segment.bytes", Long.toString(16 * MEBIBYTE));
    return configuration;
  }

  private static Map<String, String> common() {
    Map<String, String> configuration = new TreeMap<>();
    configuration.put("max.message.bytes", Integer.toString(KafkaTopics.MAX_RECORD_BYTES));
    return configuration;
  }
}
