package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.transcode.audio.AudioFeed;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.segment.Segmenter;
import io.rostrum.transcode.worker.EncodeFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Brings segments onto the timeline: waits until the headers of all that they have are known,
 * settles the broadcast's ladder with the first one, and says {@code open}. The owner loop's thread
 * only.
 */
final class Opening {
  private static final Logger LOG = Logger.getLogger(Opening.class);

  private final String broadcast;
  private final Duration patience;
  private final Duration answerPatience;
  private final Progress progress;
  private final Segmenter segmenter;
  private final EncodeFeed encoder;
  private final AudioFeed audioEncoder;
  private final Inits inits;
  private final LongSupplier mediaOffset;
  private final Consumer<String> dropped;
  private long waitingSinceNanos;

  /**
   * @param patience how long to wait for codec children
   * @param answerPatience how long to wait for one where the headers are known from others: it may
   *     be unable to decode this publication
   * @param mediaOffset says at or before which offset of the media partition the next part will be
   * @param dropped told of each rendition that the broadcast will not have after all
   */
  Opening(
      String broadcast,
      Duration patience,
      Duration answerPatience,
      Progress progress,
      Segmenter segmenter,
      EncodeFeed encoder,
      AudioFeed audioEncoder,
      Inits inits,
      LongSupplier mediaOffset,
      Consumer<String> dropped) {
    this.broadcast = broadcast;
    this.patience = patience;
    this.answerPatience = answerPatience;
    this.progress = progress;
    this.segmenter = segmenter;
    this.encoder = encoder;
    this.audioEncoder = audioEncoder;
    this.inits = inits;
    this.mediaOffset = mediaOffset;
    this.dropped = dropped;
  }

  /**
   * Opens a segment as soon as that can be.
   *
   * @param facts gets the {@code open}, unless it was said before
   * @return whether it is open, or was
   */
  boolean open(Segment segment, List<Fact> facts) {
    if (!headersAreKnown(segment)) {
      return false;
    }
    if (progress.ladder == null) {
      if (segmenter.ladder().passesThrough() && !segment.samplesComplete()) {
        // Only the end of the first segment tells whether `source` can be offered.
        return false;
      }
      progress.ladder = settleLadder(segment);
    }
    Map<String, String> names = nameInits(segment);
    if (segment.msn() > progress.openedMsn) {
      facts.add(openFact(segment, names));
      if (progress.openedMsn < 0) {
        LOG.infof(
            "Broadcast opened: broadcast=%s renditions=%s",
            broadcast, progress.ladder.renditions().stream().map(Rendition::name).toList());
      }
      progress.openedMsn = segment.msn();
    }
    return true;
  }

  private boolean headersAreKnown(Segment segment) {
    // A ladder is settled with the headers of all its rungs, also where the first segment has them
    // as gaps.
    boolean encodes =
        progress.ladder == null && !segment.rungs().isEmpty()
            || segment.rungs().stream().anyMatch(r -> !segment.rendition(r.name()).isComplete());
    boolean encodesAudio = segment.sound() != null && !segment.rendition(Ladder.AUDIO).isComplete();
    boolean known = encoder.isReady(segment);
    boolean settled = progress.ladder != null || encoder.hasAnswered();
    boolean videoMissing = encodes && !(known && settled) && encoder.unavailable() == null;
    boolean audioMissing =
        encodesAudio && audioEncoder.decoderConfig() == null && audioEncoder.unavailable() == null;
    if (videoMissing || audioMissing) {
      if (waitingSinceNanos == 0) {
        waitingSinceNanos = System.nanoTime();
      }
      long waitedMs = (System.nanoTime() - waitingSinceNanos) / 1_000_000;
      if (videoMissing && waitedMs < (known ? answerPatience : patience).toMillis()
          || audioMissing && waitedMs < patience.toMillis()) {
        return false;
      }
      String reason = "the codec worker was not ready after " + waitedMs + " ms";
      if (videoMissing && !known) {
        encoder.giveUp(reason);
      }
      if (audioMissing) {
        audioEncoder.giveUp(reason);
      }
    }
    waitingSinceNanos = 0;
    return true;
  }

  private Map<String, String> nameInits(Segment segment) {
    Map<String, String> names = new HashMap<>();
    for (RenditionSegment rendition : segment.renditions()) {
      String name = rendition.rendition().name();
      String hash = init(segment, rendition.rendition());
      if (hash != null) {
        names.put(name, hash);
      }
      rendition.initHash(hash);
    }
    return names;
  }

  /** The init segment that goes with a rendition; null where there is no media. */
  private String init(Segment segment, Rendition rendition) {
    String name = rendition.name();
    if (segment.sound() != null && name.equals(Ladder.AUDIO)) {
      return audioEncoder.decoderConfig() == null
          ? null
          : inits.encodedAudio(audioEncoder.decoderConfig());
    }
    if (segment.rung(name).isEmpty()) {
      boolean leftOut = progress.ladder.rung(name).isPresent();
      return leftOut || segment.isAway() || segment.tracks().reasonAgainst(rendition) != null
          ? null
          : inits.passedThrough(name, segment.tracks());
    }
    byte[] header = encoder.decoderConfig(name);
    return header == null ? null : inits.encoded(header);
  }

  private Fact openFact(Segment segment, Map<String, String> names) {
    Map<String, byte[]> unknown = new HashMap<>();
    names
        .values()
        .forEach(
            hash -> {
              if (progress.knownInits.add(hash)) {
                unknown.put(hash, inits.bytes(hash));
              }
            });
    return new Fact.Open(
        segment.msn(),
        segment.discontinuity(),
        segment.discontinuitySequence(),
        Instant.ofEpochMilli(segment.pdtMs()),
        segment.startTicks(),
        segment.isAway() ? null : segment.publication().id(),
        names,
        unknown,
        progress.openedMsn < 0 ? progress.ladder.renditions() : null,
        mediaOffset.getAsLong());
  }

  private Ladder settleLadder(Segment first) {
    Ladder chosen = segmenter.ladder();
    Ladder ladder = chosen;
    if (encoder.unavailable() != null) {
      ladder = ladder.withoutRungs();
    } else if (ladder.passesThrough() && !first.endsAtKeyframe() && !ladder.rungs().isEmpty()) {
      // DESIGN.md, "Cutting": source is offered only for a keyframe interval of at most 6 s.
      LOG.warnf(
          "The publisher's keyframes are more than 6 s apart, its video is encoded only and not passed through; set a"
              + " keyframe interval of 2 s in the encoder: broadcast=%s",
          broadcast);
      ladder = ladder.withoutSource();
    }
    segmenter.reduceLadder(ladder);
    for (Rendition rendition : chosen.renditions()) {
      if (ladder.rendition(rendition.name()).isEmpty()) {
        dropped.accept(rendition.name());
      }
    }
    for (Rung rung : ladder.rungs()) {
      ladder =
          ladder.withCodecs(
              rung.name(), Inits.format(encoder.decoderConfig(rung.name())).rfc6381());
    }
    return ladder;
  }
}
