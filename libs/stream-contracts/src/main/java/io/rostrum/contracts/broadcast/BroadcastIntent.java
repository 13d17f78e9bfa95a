package io.rostrum.contracts.broadcast;

import io.rostrum.contracts.ContractException;
import io.rostrum.contracts.Ids;
import io.rostrum.contracts.json.ContractJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the catalog wants of a broadcast. The last record of a broadcast counts; a tombstone (null
 * value) means that the broadcast was deleted.
 *
 * <p>Intent only: whether the broadcast is live or ended follows from its timeline, never from
 * here.
 *
 * @param id the broadcast's id
 * @param revision raised by one with every change, so that a reader can tell the newer of two
 * @param title for logs and labels
 * @param audience who may watch
 * @param streamKeys the keys that may publish; revoked ones are left out, expired ones are not:
 *     nobody may begin with such a key, but who has begun with it goes on
 * @param takeover whether a second publisher supersedes the first (true) or is refused
 * @param autoEnd how long the publisher may be away before the broadcast ends by itself
 * @param liveWindowSeconds length of {@code live.m3u8} in seconds
 * @param startsAt when it is planned to start; null where nothing is planned
 * @param cancelled whether publishing is refused because the event will not take place
 * @param endRequestedAt when a producer ended it; null while nobody did
 * @param repair the newest wish to go over its recording; null where nobody had one
 */
public record BroadcastIntent(
    String id,
    long revision,
    String title,
    Audience audience,
    List<StreamKeyHash> streamKeys,
    boolean takeover,
    Duration autoEnd,
    int liveWindowSeconds,
    Instant startsAt,
    boolean cancelled,
    Instant endRequestedAt,
    Repair repair) {

  /** How long a publisher may be away where the broadcast says nothing else. */
  public static final Duration DEFAULT_AUTO_END = Duration.ofMinutes(30);

  /** Length of the sliding window where the broadcast says nothing else, in seconds. */
  public static final int DEFAULT_LIVE_WINDOW_SECONDS = 15 * 60;

  public BroadcastIntent {
    Ids.requireId("broadcast id", id);
    if (audience == null) {
      throw new ContractException("a broadcast has an audience");
    }
    streamKeys = streamKeys == null ? List.of() : List.copyOf(streamKeys);
    autoEnd = autoEnd == null ? DEFAULT_AUTO_END : autoEnd;
    liveWindowSeconds = liveWindowSeconds <= 0 ? DEFAULT_LIVE_WINDOW_SECONDS : liveWindowSeconds;
  }

  /** Without a wish for repair. */
  public BroadcastIntent(
      String id,
      long revision,
      String title,
      Audience audience,
      List<StreamKeyHash> streamKeys,
      boolean takeover,
      Duration autoEnd,
      int liveWindowSeconds,
      Instant startsAt,
      boolean cancelled,
      Instant endRequestedAt) {
    this(
        id,
        revision,
        title,
        audience,
        streamKeys,
        takeover,
        autoEnd,
        liveWindowSeconds,
        startsAt,
        cancelled,
        endRequestedAt,
        null);
  }

  /** Whether somebody asked for the end. */
  @com.fasterxml.jackson.annotation.JsonIgnore
  public boolean endRequested() {
    return endRequestedAt != null;
  }

  /** The record's value. */
  public byte[] toBytes() {
    return ContractJson.write(this);
  }

  /**
   * @throws ContractException if {@code value} is not an intent
   */
  public static BroadcastIntent parse(byte[] value) {
    return ContractJson.read(value, BroadcastIntent.class);
  }
}
