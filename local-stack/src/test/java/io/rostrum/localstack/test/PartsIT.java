package io.rostrum.localstack.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rostrum.localstack.kafka.RostrumTopics;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The parts that tests of the services rely on, each started for real. */
@Timeout(120)
class PartsIT {

  @Test
  void kafka_killedAndRestarted_keepsAcknowledgedRecords() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.start(RostrumTopics.all(2))) {
      byte[] large = new byte[7 * 1024 * 1024];
      try (var producer =
          new KafkaProducer<>(
              Map.<String, Object>of(
                  "bootstrap.servers",
                  kafka.bootstrapServers(),
                  "acks",
                  "all",
                  "max.request.size",
                  8 * 1024 * 1024),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        producer.send(new ProducerRecord<>("rostrum.source.v1", 0, null, large)).get();
      }

      kafka.kill();
      kafka.restart();

      try (var consumer =
          new KafkaConsumer<>(
              Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer())) {
        TopicPartition partition = new TopicPartition("rostrum.source.v1", 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        assertThat(consumer.poll(Duration.ofSeconds(30)))
            .singleElement()
            .satisfies(record -> assertThat(record.value()).hasSize(large.length));
      }
    }
  }

  @Test
  void postgres_killedAndRestarted_isReadyAgain() {
    try (PostgresProcess postgres = PostgresProcess.start()) {
      postgres.kill();
      assertThatCode(postgres::restart).doesNotThrowAnyException();
    }
  }

  @Test
  void s3_requestWithoutSignature_isRefused() throws Exception {
    try (S3Process s3 = S3Process.start()) {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(s3.endpoint() + "/rostrum/key").toURL().openConnection();
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      connection.getOutputStream().write("x".getBytes(StandardCharsets.US_ASCII));
      assertThat(connection.getResponseCode()).isEqualTo(403);
    }
  }
}
