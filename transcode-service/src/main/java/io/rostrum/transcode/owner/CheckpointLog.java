package io.rostrum.transcode.owner;

import io.rostrum.contracts.ContractException;
import io.rostrum.transcode.checkpoint.Checkpoint;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The last checkpoint of every broadcast in a partition, as far as the topic was read. */
final class CheckpointLog {
  private static final Logger LOG = Logger.getLogger(CheckpointLog.class);

  /** Not parsed before they are asked for: most are overtaken by later ones. */
  private final Map<String, byte[]> last = new HashMap<>();

  private long nextOffset;

  /** By broadcast. */
  Map<String, Checkpoint> last() {
    Map<String, Checkpoint> parsed = new HashMap<>();
    last.forEach(
        (broadcast, value) -> {
          try {
            parsed.put(broadcast, Checkpoint.parse(value));
          } catch (ContractException e) {
            LOG.errorf(
                "Checkpoint skipped, the broadcast starts anew from the source: broadcast=%s error=%s",
                broadcast, e.getMessage());
          }
        });
    return parsed;
  }

  /** Whether there is a broadcast that somebody must see to the end of. */
  boolean hasUnfinished() {
    return last().values().stream().anyMatch(checkpoint -> !checkpoint.finished());
  }

  /** Where reading goes on. */
  long nextOffset() {
    return nextOffset;
  }

  void readUntil(long offset) {
    nextOffset = offset;
  }

  void add(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      last.remove(record.key());
    } else {
      last.put(record.key(), record.value());
    }
  }
}
