package io.rostrum.catalog.broadcast;

import io.rostrum.catalog.address.Addresses;
import io.rostrum.contracts.broadcast.StreamKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Makes views of broadcasts. Needs a transaction where managers' views read the keys. */
@ApplicationScoped
public class BroadcastViews {
  private final Addresses addresses;
  private final Clock clock;

  BroadcastViews(Addresses addresses, Clock clock) {
    this.addresses = addresses;
    this.clock = clock;
  }

  /** What a viewer sees. */
  public BroadcastView forViewer(Broadcast broadcast, Progress progress) {
    return view(broadcast, progress, false, null);
  }

  /** What a producer sees. */
  public BroadcastView forManager(Broadcast broadcast, Progress progress) {
    return view(broadcast, progress, true, null);
  }

  /** What the producer sees who just made it: the only time the key is shown. */
  BroadcastView forCreator(Broadcast broadcast, StreamKey streamKey) {
    return view(broadcast, Progress.none(broadcast.id), true, streamKey);
  }

  /** Where publishers connect. */
  public IngestView ingest(String broadcastId, StreamKey streamKey) {
    return new IngestView(
        addresses.rtmpUrl(),
        addresses.rtmpsUrl(),
        addresses.whipUrl(broadcastId),
        streamKey == null ? null : streamKey.reveal());
  }

  private BroadcastView view(
      Broadcast broadcast, Progress progress, boolean manager, StreamKey streamKey) {
    boolean started = progress.startedAt() != null;
    return new BroadcastView(
        broadcast.id,
        broadcast.title,
        broadcast.description,
        broadcast.state(progress),
        progress.publisher(),
        addresses.watchUrl(broadcast.id),
        addresses.hlsUrl(broadcast.id),
        broadcast.audience.isPublic(),
        broadcast.startsAt,
        progress.startedAt(),
        progress.endedAt(),
        started ? progress.durationSeconds() : null,
        started ? progress.segments() : null,
        new DvrSettings(broadcast.liveWindowSeconds),
        manager && progress.endedAt() != null ? RecordingView.of(broadcast, progress) : null,
        manager ? new PublishingSettings(broadcast.takeover, broadcast.autoEndSeconds) : null,
        broadcast.createdAt,
        broadcast.updatedAt,
        manager ? broadcast.revision : null,
        manager ? broadcast.createdBy : null,
        manager ? broadcast.endRequestedAt : null,
        manager ? broadcast.audience : null,
        manager ? ingest(broadcast.id, streamKey) : null,
        manager
            ? broadcast.validKeys(clock.instant()).stream().map(StreamKeyView::of).toList()
            : null);
  }
}
