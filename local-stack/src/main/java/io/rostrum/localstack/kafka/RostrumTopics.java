package io.rostrum.localstack.kafka;

import io.rostrum.contracts.Topic;
import java.util.List;
import java.util.stream.Stream;

/** The topics of Rostrum, as the contracts describe them, for one broker. */
public final class RostrumTopics {

  private RostrumTopics() {}

  /** All topics with as many partitions as in production. */
  public static List<TopicSettings> all() {
    return all(Topic.PARTITIONS);
  }

  /** All topics, with another number of partitions: fewer make a test quicker. */
  public static List<TopicSettings> all(int partitions) {
    return Stream.of(Topic.values())
        .map(topic -> new TopicSettings(topic.topicName(), partitions, topic.settings()))
        .toList();
  }
}
