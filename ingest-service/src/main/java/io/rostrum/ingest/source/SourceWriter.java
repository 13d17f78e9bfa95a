package io.rostrum.ingest.source;

import io.rostrum.contracts.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One connection's way to the source topic, and the account of what is on its way. */
public final class SourceWriter {

  /** What a connection must react to; called on a thread of the producer, must not block. */
  public interface Events {
    /** A record could not be delivered; no later one will be. Called once. */
    void deliveryFailed(Exception failure);

    /** Something was delivered. */
    void delivered(long bytesStillInFlight);
  }

  private final SourceProducer producer;
  private final byte[] key;
  private final Events events;
  private final AtomicLong inFlightBytes = new AtomicLong();
  private final AtomicLong inFlightRecords = new AtomicLong();
  private final AtomicBoolean failed = new AtomicBoolean();
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private volatile boolean closing;

  SourceWriter(SourceProducer producer, String broadcastId, Events events) {
    this.producer = producer;
    this.key = broadcastId.getBytes(StandardCharsets.UTF_8);
    this.events = events;
  }

  /** Sends a record behind all earlier ones. */
  public void write(SourceRecord record) {
    write(record.toBytes(), record instanceof SourceRecord.PublicationEnd);
  }

  /**
   * Sends a chunk behind all earlier records.
   *
   * @param chunk as a record's value; given away
   */
  public void write(byte[] chunk) {
    write(chunk, false);
  }

  private void write(byte[] value, boolean evenAfterFailure) {
    inFlightBytes.addAndGet(value.length);
    inFlightRecords.incrementAndGet();
    producer.send(this, key, value, evenAfterFailure);
  }

  /** Bytes that Kafka has not acknowledged. */
  public long inFlightBytes() {
    return inFlightBytes.get();
  }

  /** Whether all connections together have so much on its way that none should add to it. */
  public boolean isProducerFull() {
    return producer.isFull();
  }

  /**
   * @return done when all that was written has been delivered or given up
   */
  public CompletionStage<Void> finish() {
    closing = true;
    finishIfSettled();
    return finished;
  }

  boolean hasFailed() {
    return failed.get();
  }

  void settled(int bytes, Exception failure) {
    long left = inFlightBytes.addAndGet(-bytes);
    inFlightRecords.decrementAndGet();
    if (failure != null && failed.compareAndSet(false, true)) {
      events.deliveryFailed(failure);
    }
    events.delivered(left);
    finishIfSettled();
  }

  private void finishIfSettled() {
    if (closing && inFlightRecords.get() == 0) {
      finished.complete(null);
    }
  }
}
