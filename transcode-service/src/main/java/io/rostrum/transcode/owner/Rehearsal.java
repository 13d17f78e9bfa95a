package io.rostrum.transcode.owner;

import io.rostrum.contracts.Topic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Writes a checkpoint of nothing the way an owner does, and takes it back: its transaction is
 * aborted, no reader of checkpoints sees it. What the first broadcast after a start would wait for,
 * a second on a small machine, is loaded, connected and made in the broker before it comes.
 */
final class Rehearsal {
  private static final Logger LOG = Logger.getLogger(Rehearsal.class);
  private static final String KEY = "rehearsal";

  private Rehearsal() {}

  /** Returns when it is done, or has failed: then the first broadcast does all of it. */
  static void run(KafkaClients clients) {
    try (KafkaProducer<String, byte[]> producer = clients.rehearsal()) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(Topic.CHECKPOINTS.topicName(), 0, KEY, null));
      producer.flush();
      producer.abortTransaction();
    } catch (KafkaException e) {
      // Another instance may rehearse at the same moment, and has fenced this one.
      LOG.debugf("Rehearsal not finished: error=%s", e.getMessage());
    }
  }
}
