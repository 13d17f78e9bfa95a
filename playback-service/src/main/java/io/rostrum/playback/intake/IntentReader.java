package io.rostrum.playback.intake;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.playback.broadcast.Broadcasts;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/** Reads the {@code broadcasts} topic: settings, audience, deletions. */
@ApplicationScoped
public class IntentReader {
  private static final Logger LOG = Logger.getLogger(IntentReader.class);

  private final Broadcasts broadcasts;

  /**
   * @param broadcasts takes the intents
   */
  public IntentReader(Broadcasts broadcasts) {
    this.broadcasts = broadcasts;
  }

  void take(ConsumerRecords<String, byte[]> records) {
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        if (record.value() == null) {
          broadcasts.delete(record.key());
        } else {
          broadcasts.intent(BroadcastIntent.parse(record.value()));
        }
      } catch (ContractException e) {
        LOG.errorf(
            "record passed over: topic=%s partition=%d offset=%d error=%s",
            record.topic(), record.partition(), record.offset(), e.getMessage());
      }
    }
  }
}
