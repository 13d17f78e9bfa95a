package io.rostrum.ingest.media;

import io.rostrum.media.AccessUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects access units of one track into chunks of at most 100 ms. A chunk goes out as soon as one
 * more access unit like the last would be too much, so that nothing waits for the next to arrive.
 */
final class ChunkAssembler {

  static final int MAX_CHUNKS_PER_SECOND = 10;

  // Well below the largest record; frames this large are alone in their chunk.
  private static final int MAX_BYTES = 2 << 20;

  private final int trackId;
  private final long maxTicks;
  private final Consumer<MediaChunk> chunks;
  private final List<AccessUnit> units = new ArrayList<>();
  private Cut cut = Cut.NONE;
  private long bytes;

  ChunkAssembler(int trackId, int timescale, Consumer<MediaChunk> chunks) {
    this.trackId = trackId;
    this.maxTicks = timescale / MAX_CHUNKS_PER_SECOND;
    this.chunks = chunks;
  }

  /** Takes the next access unit; {@code startsHere} says what starts with it. */
  void add(AccessUnit unit, Cut startsHere) {
    if (!units.isEmpty() && (startsHere != Cut.NONE || !fits(unit))) {
      flush();
    }
    if (units.isEmpty()) {
      cut = startsHere;
    }
    units.add(unit);
    bytes += unit.coded().length();
    if (durationTicks() + unit.durationTicks() > maxTicks || bytes > MAX_BYTES) {
      flush();
    }
  }

  /** Sends what there is. */
  void flush() {
    if (!units.isEmpty()) {
      chunks.accept(new MediaChunk(trackId, cut, units));
      units.clear();
      bytes = 0;
    }
  }

  private boolean fits(AccessUnit unit) {
    return unit.decodeTimeTicks() == last().endDecodeTimeTicks()
        && durationTicks() + unit.durationTicks() <= maxTicks
        && bytes + unit.coded().length() <= MAX_BYTES;
  }

  private long durationTicks() {
    return last().endDecodeTimeTicks() - units.get(0).decodeTimeTicks();
  }

  private AccessUnit last() {
    return units.get(units.size() - 1);
  }
}
