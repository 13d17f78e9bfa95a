package io.rostrum.transcode.owner;

import io.rostrum.transcode.checkpoint.Checkpoint;
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

  /** Returns when it is done, or has failed: then the first broadcast does all of it. */
  static void run(KafkaClients clients) {
    try (KafkaProducer<String, byte[]> producer = clients.rehearsal()) {
      producer.initTransactions();
      producer.beginTransaction();
      Checkpoint.parse(Checkpoint.start(0, 0).toBytes());
      // Nothing is sent: an open transaction would hide from other owners' readers what comes
      // behind it in that partition, and this process may be killed here.
      producer.abortTransaction();
    } catch (KafkaException e) {
      // Another instance may rehearse at the same moment, and has fenced this one.
      LOG.debugf("Rehearsal not finished: error=%s", e.getMessage());
    }
  }
}
