package io.rostrum.catalog.timeline;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;

/**
 * The place of a fact.
 *
 * @param broadcastId the broadcast
 * @param seq ordinal in the broadcast, from 0
 */
@Embeddable
record FactKey(@Column(name = "broadcast_id") String broadcastId, long seq)
    implements Serializable {}
