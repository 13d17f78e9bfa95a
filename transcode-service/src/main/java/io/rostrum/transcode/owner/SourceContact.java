package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import io.rostrum.transcode.broadcast.Listening;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Knows how well the source is heard. A consumer whose broker is away finds no records and keeps
 * the lag that it knew last, just as one whose publishers are silent; but a broker that is there
 * answers. So the answers of each partition's leader are counted, by the consumer's own metrics.
 *
 * <p>The owner loop's thread only.
 */
final class SourceContact {
  private final KafkaConsumer<?, ?> source;
  private final Map<Integer, Node> leaders = new HashMap<>();
  private final Map<Integer, Metric> responses = new HashMap<>();
  private final Map<Integer, BrokerAnswers> answers = new HashMap<>();

  private long lookedNanos;

  SourceContact(KafkaConsumer<?, ?> source) {
    this.source = source;
  }

  /** Counts what came since the last time; for a consumer with partitions, a few times a second. */
  void look() {
    leaders.clear();
    for (PartitionInfo partition : partitions()) {
      if (partition.leader() != null) {
        leaders.put(partition.partition(), partition.leader());
      }
    }
    lookedNanos = System.nanoTime();
    for (Node broker : leaders.values()) {
      answers
          .computeIfAbsent(broker.id(), id -> new BrokerAnswers())
          .counted(responses(broker), lookedNanos);
    }
  }

  /** How well a partition was heard at the last look. */
  Listening listening(TopicPartition partition) {
    Node leader = leaders.get(partition.partition());
    BrokerAnswers heard = leader == null ? null : answers.get(leader.id());
    if (heard == null || !heard.answers(lookedNanos)) {
      return new Listening(false, lookedNanos);
    }
    OptionalLong lag = source.currentLag(partition);
    return new Listening(lag.isPresent() && lag.getAsLong() == 0, heard.sinceNanos());
  }

  /** As the consumer knows them; it forgets them while no broker can be reached. */
  private List<PartitionInfo> partitions() {
    try {
      return source.partitionsFor(Topic.SOURCE.topicName(), Duration.ZERO);
    } catch (TimeoutException unknown) {
      return List.of();
    }
  }

  /** How often a broker has answered, 0 before the first connection to it. */
  private double responses(Node broker) {
    Metric counted = responses.computeIfAbsent(broker.id(), id -> find("node-" + id));
    return counted == null ? 0 : (Double) counted.metricValue();
  }

  private Metric find(String node) {
    for (Metric metric : source.metrics().values()) {
      if (metric.metricName().name().equals("response-total")
          && metric.metricName().group().equals("consumer-node-metrics")
          && node.equals(metric.metricName().tags().get("node-id"))) {
        return metric;
      }
    }
    return null;
  }
}
