package io.rostrum.transcode.segment;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.transcode.checkpoint.PublicationState;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.ladder.LadderFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of each rendition of a broadcast while one publication feeds it: passed through,
 * encoded, or a gap with its reason.
 *
 * @param ladders how rungs are made
 * @param ladder the broadcast's
 * @param publication where the media comes from
 * @param tracks what it has
 */
record Treatment(
    LadderFactory ladders, Ladder ladder, PublicationState publication, PublicationTracks tracks) {

  /** Whether size and frame rate follow the network (DESIGN.md, "The ladder is fixed"). */
  static boolean isVarying(PublicationState publication) {
    return publication.protocol().equals(SourceRecord.Protocol.WHIP.name());
  }

  private boolean isVarying() {
    return isVarying(publication);
  }

  /**
   * What is encoded of its pictures: the ladder, and {@code source} where the broadcast has it and
   * this publication cannot be passed through as it was declared.
   *
   * @param leftOut how many of the best rungs are left out
   */
  List<Rung> rungs(int leftOut) {
    if (tracks.video() == null) {
      return List.of();
    }
    Optional<Rendition> source = ladder.rendition(Ladder.SOURCE);
    List<Rung> all = ladder.rungs();
    List<Rung> kept = all.subList(Math.min(leftOut, Math.max(0, all.size() - 1)), all.size());
    if (source.isEmpty() || kept.isEmpty() || passesAs(source.get())) {
      return kept;
    }
    Rung like = ladders.likeSource(source.get(), kept.get(0).frameRate());
    if (like == null) {
      return kept;
    }
    List<Rung> rungs = new ArrayList<>(kept);
    rungs.add(0, like);
    return rungs;
  }

  /** The sound of one of its segments; null where it is not encoded. */
  SegmentSound sound() {
    return encodesAudio() ? sound(ladder.rendition(Ladder.AUDIO).get()) : null;
  }

  /** Whether its audio must be brought to the broadcast's form. */
  boolean encodesAudio() {
    Rendition audio = ladder.rendition(Ladder.AUDIO).orElse(null);
    return audio != null && tracks.reasonAgainst(audio) != null && sound(audio) != null;
  }

  private SegmentSound sound(Rendition audio) {
    return SegmentSound.of(
        tracks.audio(),
        audio,
        isVarying() ? SegmentSound.PATIENCE_IN_REAL_TIME_TICKS : SegmentSound.PATIENCE_TICKS);
  }

  private boolean passesAs(Rendition source) {
    return !isVarying() && tracks.reasonAgainst(source) == null;
  }

  /**
   * A rendition of one of its segments as it starts.
   *
   * @param segment with its rungs and its sound
   * @param startsAtKeyframe whether what is passed through can be decoded from there
   */
  RenditionSegment begin(Rendition rendition, Segment segment, boolean startsAtKeyframe) {
    Rung rung = segment.rung(rendition.name()).orElse(null);
    boolean sound = rendition.kind() == Rendition.Kind.AUDIO && segment.sound() != null;
    RenditionSegment begun =
        new RenditionSegment(rendition, segment.msn(), framesPerPart(rendition, rung, segment));
    String reason =
        rung == null && !sound ? reasonAgainstPassing(rendition, startsAtKeyframe) : null;
    if (reason != null) {
      begun.becomeGap(reason);
    }
    return begun;
  }

  private int framesPerPart(Rendition rendition, Rung rung, Segment segment) {
    if (rendition.kind() == Rendition.Kind.VIDEO) {
      return rung == null
          ? 0
          : LadderFactory.framesPerPart(rung.frameRate(), rendition.partTargetMs());
    }
    if (segment.sound() != null) {
      return segment.sound().framesPerPart();
    }
    return tracks.audio() == null
        ? 1
        : LadderFactory.framesPerPart(tracks.audio(), rendition.partTargetMs());
  }

  private String reasonAgainstPassing(Rendition rendition, boolean startsAtKeyframe) {
    String reason = tracks.reasonAgainst(rendition);
    if (reason != null) {
      return reason;
    }
    if (ladder.rung(rendition.name()).isPresent()) {
      return Segmenter.LEFT_OUT;
    }
    if (rendition.name().equals(Ladder.SOURCE)) {
      if (isVarying()) {
        return "pictures of varying size are not passed through";
      }
      if (!startsAtKeyframe) {
        return "no keyframe at its start: the publisher's keyframes are more than 6 s apart";
      }
    }
    return null;
  }
}
