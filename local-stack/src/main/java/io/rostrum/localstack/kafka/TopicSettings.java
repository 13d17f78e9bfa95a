package io.rostrum.localstack.kafka;

import java.util.Map;

/**
 * A topic as the local stack creates it.
 *
 * @param name its name
 * @param partitions fixed at creation
 * @param configuration Kafka's own topic settings
 */
public record TopicSettings(String name, int partitions, Map<String, String> configuration) {

  public TopicSettings {
    configuration = Map.copyOf(configuration);
    if (partitions < 1) {
      throw new IllegalArgumentException(name + " needs at least one partition");
    }
  }
}
