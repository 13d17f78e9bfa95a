package io.rostrum.catalog.broadcast;

import io.rostrum.contracts.broadcast.Audience;
import java.time.Instant;
import java.util.List;

/**
 * A broadcast as callers see it. What is absent does not apply: not started, not ended, or, for the
 * last group, the caller does not manage broadcasts.
 *
 * @param publisher whether somebody is sending
 * @param watchUrl the page for viewers
 * @param hlsUrl the playlist, from the first frame to the replay
 * @param startedAt programme time of the first frame
 * @param durationSeconds of the closed segments so far, of all of it in the end
 * @param segments closed segments
 * @param publicAccess whether it can be watched without signing in
 * @param recording what became of the recording after the end
 * @param publishing what happens with a second publisher and with none
 * @param endRequestedAt when a producer ended it
 * @param ingest where publishers connect
 * @param streamKeys the keys that are valid, without their secrets
 */
public record BroadcastView(
    String id,
    String title,
    String description,
    BroadcastState state,
    PublisherState publisher,
    String watchUrl,
    String hlsUrl,
    boolean publicAccess,
    Instant startsAt,
    Instant startedAt,
    Instant endedAt,
    Double durationSeconds,
    Long segments,
    DvrSettings dvr,
    RecordingView recording,
    PublishingSettings publishing,
    Instant createdAt,
    Instant updatedAt,
    Long revision,
    String createdBy,
    Instant endRequestedAt,
    Audience audience,
    IngestView ingest,
    List<StreamKeyView> streamKeys) {}
