package io.rostrum.contracts.timeline;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.json.ContractJson;
import java.time.Instant;

/**
 * A fact in its place.
 *
 * @param broadcast the broadcast's id
 * @param seq ordinal of the fact in its broadcast, from 0; a reader that sees one twice drops the
 *     second
 * @param epoch the epoch of the transcoder that wrote it
 * @param at when it was written: for people, nothing is computed from it
 * @param fact what happened
 */
public record TimelineRecord(String broadcast, long seq, long epoch, Instant at, Fact fact) {
  public TimelineRecord {
    Ids.requireId("broadcast id", broadcast);
    if (fact == null || seq < 0) {
      throw new ContractException("a timeline record has a fact and a sequence number from 0");
    }
  }

  /** The record's value. */
  public byte[] toBytes() {
    return ContractJson.write(this);
  }

  /**
   * @throws ContractException if {@code value} is not a timeline record
   */
  public static TimelineRecord parse(byte[] value) {
    return ContractJson.read(value, TimelineRecord.class);
  }
}
