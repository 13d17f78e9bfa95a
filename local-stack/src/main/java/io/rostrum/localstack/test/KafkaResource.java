package io.rostrum.localstack.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.rostrum.contracts.Topic;
import io.rostrum.localstack.kafka.RostrumTopics;
import java.util.Map;

/**
 * Kafka with Rostrum's topics for a {@code @QuarkusTest}: sets {@code kafka.bootstrap.servers}. A
 * field of the test of type {@link KafkaProcess} that is annotated with {@link Part} is set to it.
 *
 * <p>Argument {@code partitions}: how many the topics have; as in production if absent.
 */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

  private int partitions = Topic.PARTITIONS;
  private KafkaProcess kafka;

  @Override
  public void init(Map<String, String> arguments) {
    partitions =
        Integer.parseInt(arguments.getOrDefault("partitions", Integer.toString(Topic.PARTITIONS)));
  }

  @Override
  public Map<String, String> start() {
    kafka = KafkaProcess.start(RostrumTopics.all(partitions));
    return Map.of("kafka.bootstrap.servers", kafka.bootstrapServers());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        kafka, new TestInjector.AnnotatedAndMatchesType(Part.class, KafkaProcess.class));
  }

  @Override
  public void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }
}
