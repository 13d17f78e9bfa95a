package io.rostrum.transcode.timeline;

import io.rostrum.contracts.Topic;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the committed facts of one broadcast back from Kafka, so that a transcoder need not hold
 * hours of them in memory, and one that takes over finds them all.
 */
public final class TimelineReader {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Supplier<KafkaConsumer<String, byte[]>> consumers;

  /**
   * @param consumers makes read-committed consumers without a group
   */
  public TimelineReader(Supplier<KafkaConsumer<String, byte[]>> consumers) {
    this.consumers = consumers;
  }

  /**
   * Facts as they are in the topic.
   *
   * @param ndjson their JSON, one a line
   * @param endOffset the offset behind the last one
   */
  public record Facts(byte[] ndjson, long endOffset) {}

  /**
   * The facts with sequence numbers from {@code fromSeq} to before {@code toSeq}.
   *
   * @param fromOffset an offset at or before the first of them
   * @throws IOException if Kafka is away or they are not all there: try again
   */
  public Facts read(int partition, String broadcast, long fromOffset, long fromSeq, long toSeq)
      throws IOException {
    TopicPartition timeline = new TopicPartition(Topic.TIMELINE.topicName(), partition);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    long next = fromSeq;
    long endOffset = fromOffset;
    try (KafkaConsumer<String, byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(timeline));
      consumer.seek(timeline, fromOffset);
      long end = consumer.endOffsets(List.of(timeline)).get(timeline);
      while (next < toSeq && consumer.position(timeline) < end) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL).records(timeline)) {
          if (record.key().equals(broadcast)
              && next < toSeq
              && TimelineRecord.parse(record.value()).seq() == next) {
            lines.write(record.value());
            lines.write('\n');
            next++;
            // Not the consumer's position: what is read ahead belongs to the next page.
            endOffset = record.offset() + 1;
          }
        }
      }
      if (next < toSeq) {
        throw new IOException(
            "the timeline of "
                + broadcast
                + " lacks fact "
                + next
                + " of "
                + toSeq
                + " from offset "
                + fromOffset
                + " on");
      }
      return new Facts(lines.toByteArray(), endOffset);
    } catch (KafkaException e) {
      throw new IOException(
          "Kafka did not give the timeline of " + broadcast + ": " + e.getMessage(), e);
    }
  }
}
