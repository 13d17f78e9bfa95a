package io.rostrum.transcode.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.localstack.test.KafkaProcess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Facts read back from a real Kafka. */
class TimelineReaderIT {
  private static final int PARTITION = 3;

  @Test
  void pagesReadOneAfterTheOther_haveEveryFact_howeverManyAreThereAlready() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.start()) {
      write(kafka.bootstrapServers());
      TimelineReader reader =
          new TimelineReader(
              () ->
                  new KafkaConsumer<>(
                      Map.of("bootstrap.servers", kafka.bootstrapServers()),
                      new StringDeserializer(),
                      new ByteArrayDeserializer()));
      long offset = 0;
      for (int first = 0; first < 12; first += 4) {
        TimelineReader.Facts page = reader.read(PARTITION, "one11111", offset, first, first + 4);
        assertThat(sequenceNumbers(page)).containsExactly(first, first + 1, first + 2, first + 3);
        offset = page.endOffset();
      }
    }
  }

  private static List<Integer> sequenceNumbers(TimelineReader.Facts page) {
    return new String(page.ndjson(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> TimelineRecord.parse(line.getBytes(StandardCharsets.UTF_8)))
        .map(record -> (int) record.seq())
        .toList();
  }

  /** Twelve facts each of two broadcasts, in turn. */
  private static void write(String bootstrapServers) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int seq = 0; seq < 12; seq++) {
        for (String broadcast : List.of("one11111", "two22222")) {
          TimelineRecord record =
              new TimelineRecord(broadcast, seq, 1, Instant.EPOCH, new Fact.Stored(seq, Map.of()));
          producer.send(
              new ProducerRecord<>(
                  Topic.TIMELINE.topicName(), PARTITION, broadcast, record.toBytes()));
        }
      }
    }
  }
}
