package io.rostrum.playback.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.playback.broadcast.Broadcasts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/** Reads the {@code media} topic: parts. */
@ApplicationScoped
public class MediaReader {
  private static final Logger LOG = Logger.getLogger(MediaReader.class);

  private final Broadcasts broadcasts;
  private final Timer latency;
  private final Counter bytes;

  /**
   * @param broadcasts takes the parts
   * @param metrics part latency and bytes
   */
  public MediaReader(Broadcasts broadcasts, MeterRegistry metrics) {
    this.broadcasts = broadcasts;
    this.latency =
        Timer.builder("rostrum.playback.part.latency")
            .description("From the transcoder's write of a part to its being visible to viewers")
            .publishPercentiles(0.5, 0.99)
            .register(metrics);
    this.bytes =
        Counter.builder("rostrum.playback.part.bytes")
            .description("Bytes of parts read from Kafka")
            .register(metrics);
  }

  void take(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        broadcasts.accept(record.key(), MediaPart.parse(record.value()));
        bytes.increment(record.serializedValueSize());
        // Both clocks are kept by NTP; a negative difference says nothing.
        latency.record(
            Duration.ofMillis(Math.max(0, System.currentTimeMillis() - record.timestamp())));
      } catch (ContractException e) {
        LOG.errorf(
            "record passed over: topic=%s partition=%d offset=%d error=%s",
            record.topic(), record.partition(), record.offset(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.errorf(
            e,
            "part passed over: partition=%d offset=%d broadcast=%s",
            record.partition(),
            record.offset(),
            record.key());
      }
    }
  }
}
