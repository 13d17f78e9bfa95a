package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.segment.PictureFile;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.store.Sha256;
import io.rostrum.transcode.store.Spool;
import io.rostrum.transcode.store.Uploads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * The closed segments of a broadcast on their way into the object store, one after the other, so
 * that "everything before this one is stored" is all a checkpoint has to say. Belongs to the owner
 * loop's thread.
 */
final class StoredSegments {
  private static final Logger LOG = Logger.getLogger(StoredSegments.class);

  private final String broadcast;
  private final Inits inits;
  private final Uploads uploads;
  private final Spool spool;
  private final Executor owner;
  private final BiConsumer<Segment, Map<String, String>> stored;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Set<String> storedInits = new HashSet<>();
  private boolean busy;

  /** How many wait in memory; those behind them wait on disk. */
  private static final int IN_MEMORY = 4;

  private record Pending(
      Segment segment, Map<String, String> keys, List<Uploads.StoredObject> objects) {}

  /**
   * @param stored told of each segment with its object keys, in the owner loop's thread
   */
  StoredSegments(
      String broadcast,
      Inits inits,
      Uploads uploads,
      Spool spool,
      Executor owner,
      BiConsumer<Segment, Map<String, String>> stored) {
    this.broadcast = broadcast;
    this.inits = inits;
    this.uploads = uploads;
    this.spool = spool;
    this.owner = owner;
    this.stored = stored;
  }

  /**
   * @param described what {@code close} said of it, which is what counts
   */
  void add(Segment segment, Checkpoint.ClosedSegment described) {
    Map<String, String> keys = new HashMap<>();
    List<Uploads.StoredObject> objects = new ArrayList<>();
    keepPictures(segment, keys, objects);
    segment.samples().clear();
    for (RenditionSegment rendition : segment.renditions()) {
      add(segment, described, rendition, keys, objects);
      rendition.release();
    }
    if (pending.size() >= IN_MEMORY) {
      objects.replaceAll(this::spooled);
    }
    pending.add(new Pending(segment, keys, objects));
  }

  /**
   * Keeps what the publisher sent where no rendition has it: so that what is left out now, or what
   * kills the codec worker, can be encoded later, or studied.
   */
  private void keepPictures(
      Segment segment, Map<String, String> keys, List<Uploads.StoredObject> objects) {
    RenditionSegment source = segment.rendition(Ladder.SOURCE);
    boolean passedThrough =
        source != null && source.gap() == null && segment.rung(Ladder.SOURCE).isEmpty();
    if (passedThrough || segment.samples().isEmpty()) {
      return;
    }
    byte[] file = PictureFile.write(segment.tracks().video(), segment.samples());
    if (file != null) {
      String key = ObjectKeys.pictures(broadcast, segment.msn(), Sha256.hex(file));
      keys.put(Fact.Stored.PICTURES, key);
      objects.add(new Uploads.StoredObject(key, file, "video/mp4"));
    }
  }

  private Uploads.StoredObject spooled(Uploads.StoredObject object) {
    try {
      return object.spooled(spool);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
  }

  /** Lets go of everything: another owner makes it again. */
  void close() {
    if (busy) {
      pending.poll(); // Its upload is under way, and lets go of it itself.
    }
    pending.forEach(StoredSegments::release);
    pending.clear();
  }

  private static void release(Pending stored) {
    stored.objects().forEach(object -> object.content().close());
  }

  /** How many are not stored. */
  int waiting() {
    return pending.size();
  }

  /** The oldest segment that is not stored; null if all are. */
  Segment oldest() {
    return pending.isEmpty() ? null : pending.peek().segment();
  }

  /**
   * Starts the next upload if none is running; only after the segment's {@code close} is committed.
   */
  void next() {
    if (busy || pending.isEmpty()) {
      return;
    }
    busy = true;
    Pending head = pending.peek();
    uploads.put(
        broadcast + "/" + head.segment().msn(),
        head.objects(),
        () ->
            owner.execute(
                () -> {
                  busy = false;
                  release(head);
                  if (pending.peek() == head) {
                    pending.poll();
                    stored.accept(head.segment(), head.keys());
                  }
                }));
  }

  private void add(
      Segment segment,
      Checkpoint.ClosedSegment described,
      RenditionSegment rendition,
      Map<String, String> keys,
      List<Uploads.StoredObject> objects) {
    String name = rendition.rendition().name();
    if (rendition.gap() != null || described.gaps().containsKey(name)) {
      return;
    }
    byte[] bytes = rendition.bytes();
    String sha256 = rendition.describe(segment.durationTicks()).sha256();
    String announced = described.sha256().get(name);
    if (!sha256.equals(announced)) {
      // Another codec build or CPU than the first owner's: the recording is whole, but not
      // bit-identical.
      LOG.errorf(
          "Segment made again differs from what was announced: broadcast=%s msn=%d rendition=%s announced=%s made=%s",
          broadcast, segment.msn(), name, announced, sha256);
    }
    String hash = rendition.initHash();
    if (hash != null && storedInits.add(name + "/" + hash)) {
      objects.add(
          new Uploads.StoredObject(
              ObjectKeys.init(broadcast, name, hash), inits.bytes(hash), "video/mp4"));
    }
    String key = ObjectKeys.segment(broadcast, name, segment.msn(), sha256);
    keys.put(name, key);
    objects.add(new Uploads.StoredObject(key, bytes, "video/iso.segment"));
  }
}
