package io.rostrum.ingest.media;

import io.rostrum.media.AccessUnit;
import java.util.List;

/**
 * A run of access units of one track, without a gap, that goes on its way as one CMAF chunk.
 *
 * @param trackId the track in the publication's init segment
 * @param cut what starts with the first access unit; {@link Cut#NONE} on a track that does not lead
 * @param units at least one, together at most {@link ChunkAssembler#MAX_CHUNKS_PER_SECOND}th of a
 *     second unless one alone is longer
 */
record MediaChunk(int trackId, Cut cut, List<AccessUnit> units) {

  MediaChunk {
    units = List.copyOf(units);
  }

  boolean sync() {
    return units.get(0).sync();
  }
}
