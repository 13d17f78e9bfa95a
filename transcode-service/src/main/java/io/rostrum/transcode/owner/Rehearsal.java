package io.rostrum.transcode.owner;

import io.rostrum.transcode.checkpoint.Checkpoint;
import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Begins a transaction as an owner does, and writes nothing. What the first broadcast after a start
 * would wait for, most of a second on a small machine, is loaded, connected and made in the broker
 * before it comes.
 */
final class Rehearsal {
  private static final Logger LOG = Logger.getLogger(Rehearsal.class);

  private Rehearsal() {}

  /** Begins; nothing waits for its end. Where it fails, the first broadcast does all of it. */
  static void start(KafkaClients clients) {
    Thread thread = new Thread(() -> run(clients), "rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(KafkaClients clients) {
    try {
      KafkaProducer<String, byte[]> producer = clients.rehearsal();
      try {
        producer.initTransactions();
        producer.beginTransaction();
        Checkpoint.parse(Checkpoint.start(0, 0).toBytes());
        // Nothing is sent: an open transaction would hide from other owners' readers what comes
        // behind it in that partition, and this process may be killed here.
        producer.abortTransaction();
      } finally {
        // A patient close would wait for as long as Kafka is away.
        producer.close(Duration.ZERO);
      }
    } catch (KafkaException e) {
      // Another instance may rehearse at the same moment, and has fenced this one.
      LOG.debugf("Rehearsal not finished: error=%s", e.getMessage());
    }
  }
}
