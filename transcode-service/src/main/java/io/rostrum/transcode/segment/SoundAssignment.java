package io.rostrum.transcode.segment;

import io.rostrum.media.AccessUnit;
import io.rostrum.transcode.checkpoint.Position;
import io.rostrum.transcode.checkpoint.PublicationState;
import io.rostrum.transcode.ladder.Ladder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Gives each frame of sound to the segment that it starts in. Frames wait until the lead has got
 * past them, and segments until the sound has got past their end. Part of the {@link Segmenter},
 * and as pure as that: what it needs to know of the broadcast comes with each call, and what
 * changes of it goes back.
 */
final class SoundAssignment {
  /**
   * How far the lead may be past a segment's end before the segment stops waiting for audio, 90
   * kHz.
   */
  private static final long PATIENCE_TICKS = 90_000;

  /** How far the audio may be ahead of the lead before it is no longer held back, 90 kHz. */
  private static final long LEAD_LIMIT_TICKS = 10 * 90_000L;

  private final Deque<Segment> open = new ArrayDeque<>();
  private final AudioQueue queue = new AudioQueue();

  /**
   * The publication in progress.
   *
   * @param leadEndTicks how far its leading track has got, 90 kHz
   */
  record Lead(PublicationState publication, PublicationTracks tracks, long leadEndTicks) {
    private int timescale() {
      return tracks.audio().timescale();
    }
  }

  /** The frames that no segment owns yet. */
  AudioQueue queue() {
    return queue;
  }

  /** A segment has started. */
  void add(Segment segment, Position position, Lead lead) {
    open.add(segment);
    settleResume(position, lead);
  }

  /** Gives away what is certain by now; returns the position behind it. */
  Position assign(Position from, Lead lead) {
    Position position = from;
    while (!open.isEmpty()) {
      Segment oldest = open.peek();
      boolean ended = oldest.endTicks() >= 0;
      if (oldest.sound() != null) {
        Position behind = feed(oldest, position, lead, false);
        if (behind == null) {
          return position;
        }
        position = behind;
        continue;
      }
      RenditionSegment audio = oldest.rendition(Ladder.AUDIO);
      if (audio == null || audio.isComplete() || lead.tracks().audio() == null) {
        if (!ended) {
          return position;
        }
        done(oldest, position, lead);
        continue;
      }
      long limitTicks = ended ? oldest.endTicks() : limit(lead, lead.timescale());
      AudioQueue.Frame frame = queue.takeBefore(MediaClock.toTrack(limitTicks, lead.timescale()));
      if (frame != null) {
        position = own(audio, frame, position);
      } else if (ended
          && (!queue.isEmpty() || lead.leadEndTicks() > oldest.endTicks() + PATIENCE_TICKS)) {
        done(oldest, position, lead);
      } else {
        return position;
      }
    }
    return position;
  }

  /** Nothing more comes: gives away everything; returns the position behind it. */
  Position flush(Position from, Lead lead) {
    Position position = from;
    Segment last = open.peekLast();
    while (!open.isEmpty()) {
      Segment oldest = open.peek();
      if (oldest.sound() != null) {
        position = feed(oldest, position, lead, true);
        continue;
      }
      RenditionSegment audio = oldest.rendition(Ladder.AUDIO);
      if (audio != null && !audio.isComplete() && lead.tracks().audio() != null) {
        long limit =
            oldest == last
                ? Long.MAX_VALUE
                : MediaClock.toTrack(oldest.endTicks(), lead.timescale());
        for (AudioQueue.Frame frame = queue.takeBefore(limit);
            frame != null;
            frame = queue.takeBefore(limit)) {
          position = own(audio, frame, position);
        }
      }
      done(oldest, position, lead);
    }
    return position;
  }

  /**
   * Hands sound to the encoder as far as it belongs to the segment.
   *
   * @param flush whether nothing more comes
   * @return the position behind the segment's sound; null while it has not all of it
   */
  private Position feed(Segment segment, Position position, Lead lead, boolean flush) {
    SegmentSound sound = segment.sound();
    boolean ended = segment.endTicks() >= 0;
    long limitTicks = ended ? segment.endTicks() : limit(lead, sound.timescale());
    SoundGrid grid = SoundGrid.of(position, segment.startTicks(), sound.output().sampleRate());
    if (!sound.take(queue, grid, limitTicks, lead.leadEndTicks(), ended, flush)) {
      return null;
    }
    Position behind = position.withAudio(sound.endFrameTicks(), grid.phaseTicks());
    done(segment, behind, lead);
    return behind;
  }

  private long limit(Lead lead, int timescale) {
    if (lead.tracks().video() == null) {
      return lead.leadEndTicks();
    }
    long audioEnd =
        queue.isEmpty() ? lead.leadEndTicks() : MediaClock.fromTrack(queue.endTicks(), timescale);
    return Math.max(lead.leadEndTicks(), audioEnd - LEAD_LIMIT_TICKS);
  }

  private static Position own(RenditionSegment audio, AudioQueue.Frame frame, Position position) {
    AccessUnit unit = frame.unit();
    audio.add(unit, frame.receivedAtMs());
    long frameTicks = Math.max(1, unit.durationTicks());
    Long phase = position.audioPhaseTicks();
    return position.withAudio(
        unit.endDecodeTimeTicks(),
        phase == null ? Long.valueOf(Math.floorMod(unit.decodeTimeTicks(), frameTicks)) : phase);
  }

  private void done(Segment segment, Position position, Lead lead) {
    RenditionSegment audio = segment.rendition(Ladder.AUDIO);
    if (audio != null && !audio.isComplete() && segment.sound() == null) {
      audio.complete("no audio");
    }
    open.remove(segment);
    settleResume(position, lead);
  }

  /**
   * Where to start again to make the oldest segment that waits for audio: settled once the audio of
   * all earlier ones is, since only then is known which frames are its own.
   */
  private void settleResume(Position position, Lead lead) {
    Segment oldest = open.peek();
    if (oldest != null) {
      oldest.settleResume(queue, lead.publication(), position);
    }
  }
}
