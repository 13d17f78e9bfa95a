package io.rostrum.transcode.revision;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.segment.PublicationTracks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to encode of one recorded segment.
 *
 * @param rungs what the codec child has to make. A rung is scaled from the next larger one, so
 *     those above the missing ones are among them whether they are missing or not: the bytes are
 *     those that the whole ladder would have given
 * @param missing the renditions that are wanted of it
 */
record SegmentWork(List<Rung> rungs, List<Rendition> missing) {
  /**
   * @param ladder what the recording shall have
   * @param tracks of its publication
   * @return empty where nothing is missing that could be encoded
   */
  static Optional<SegmentWork> of(
      RecordedSegment segment, PublicationTracks tracks, Ladder ladder, LadderFactory ladders) {
    List<Rung> all = new ArrayList<>(ladder.rungs());
    Rendition source = ladder.rendition(Ladder.SOURCE).orElse(null);
    boolean passes = source == null || !segment.varying() && tracks.reasonAgainst(source) == null;
    if (!passes && !all.isEmpty()) {
      Rung like = ladders.likeSource(source, all.get(0).frameRate());
      if (like != null) {
        all.add(0, like);
      }
    }
    int last = -1;
    List<Rendition> missing = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String name = all.get(i).name();
      if (segment.lacks(name)) {
        missing.add(ladder.rendition(name).orElseThrow());
        last = i;
      }
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(new SegmentWork(List.copyOf(all.subList(0, last + 1)), missing));
  }

  /** Everything that its rungs make, for which there must be a place. */
  List<Rendition> encoded(Ladder ladder) {
    return rungs.stream().map(rung -> ladder.rendition(rung.name()).orElseThrow()).toList();
  }
}
