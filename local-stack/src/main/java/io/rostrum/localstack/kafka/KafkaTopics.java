package io.rostrum.localstack.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;

/** What the local stack asks of a broker: whether it is there, and to create topics. */
public final class KafkaTopics {

  private static final int PING_TIMEOUT_MS = 2_000;
  private static final int CREATE_TIMEOUT_MS = 30_000;

  private KafkaTopics() {}

  /**
   * Asks the broker for its cluster.
   *
   * @throws IOException if it does not answer, or knows no live node yet
   */
  static void ping(String bootstrapServers) throws IOException {
    try (var socket = new Socket()) {
      // Cheaper than a client that retries by itself, and quiet while there is nobody.
      int colon = bootstrapServers.lastIndexOf(':');
      socket.connect(
          new InetSocketAddress(
              bootstrapServers.substring(0, colon),
              Integer.parseInt(bootstrapServers.substring(colon + 1))),
          500);
    }
    try (Admin admin = admin(bootstrapServers, PING_TIMEOUT_MS)) {
      if (await(admin.describeCluster().nodes(), PING_TIMEOUT_MS).isEmpty()) {
        throw new IOException("the broker is not registered with its controller yet");
      }
    }
  }

  /** Creates those of the topics that do not exist. */
  public static void create(String bootstrapServers, Collection<TopicSettings> topics)
      throws IOException {
    try (Admin admin = admin(bootstrapServers, CREATE_TIMEOUT_MS)) {
      Set<String> existing = await(admin.listTopics().names(), CREATE_TIMEOUT_MS);
      List<NewTopic> missing =
          topics.stream()
              .filter(topic -> !existing.contains(topic.name()))
              .map(
                  topic ->
                      new NewTopic(
                              topic.name(), Optional.of(topic.partitions()), Optional.of((short) 1))
                          .configs(topic.configuration()))
              .toList();
      if (!missing.isEmpty()) {
        await(admin.createTopics(missing).all(), CREATE_TIMEOUT_MS);
      }
    }
  }

  private static Admin admin(String bootstrapServers, int timeoutMs) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs));
  }

  private static <T> T await(KafkaFuture<T> future, int timeoutMs) throws IOException {
    try {
      return future.get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("Kafka: " + cause.getMessage(), cause);
    }
  }
}
