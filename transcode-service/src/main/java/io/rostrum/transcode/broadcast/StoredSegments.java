package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.segment.PictureFile;
import io.rostrum.transcode.segment.RenditionSegment;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.store.Sha256;
import io.rostrum.transcode.store.Uploads;
import io.rostrum.transcode.storyboard.SegmentThumbnails;
import io.rostrum.transcode.storyboard.StoryboardProgress;
import io.rostrum.transcode.storyboard.StoryboardUpload;
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
import java.util.function.Supplier;
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
  private final Services services;
  private final Executor owner;
  private final Supplier<StoryboardProgress> storyboard;
  private final Listener stored;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Set<String> storedInits = new HashSet<>();
  private boolean busy;

  /** How many wait in memory; those behind them wait on disk. */
  private static final int IN_MEMORY = 4;

  /** Told of each segment that is stored, in the owner loop's thread. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param keys object key per rendition
     * @param thumbnails its small pictures; null where it has none
     */
    void stored(Segment segment, Map<String, String> keys, Fact.Thumbnails thumbnails);
  }

  /**
   * @param thumbnails null where it has none
   * @param sinceNanos when it was closed, on {@link System#nanoTime()}
   */
  private record Pending(
      Segment segment,
      Map<String, String> keys,
      List<Uploads.StoredObject> objects,
      SegmentThumbnails thumbnails,
      long sinceNanos) {}

  /**
   * @param owner runs work in the owner loop's thread
   * @param storyboard how far it has come with what {@code stored} was told
   */
  StoredSegments(
      String broadcast,
      Inits inits,
      Services services,
      Executor owner,
      Supplier<StoryboardProgress> storyboard,
      Listener stored) {
    this.broadcast = broadcast;
    this.inits = inits;
    this.services = services;
    this.owner = owner;
    this.storyboard = storyboard;
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
    SegmentThumbnails thumbnails =
        SegmentThumbnails.of(broadcast, segment.msn(), segment.thumbnails()).orElse(null);
    segment.thumbnails().clear();
    if (thumbnails != null) {
      objects.add(thumbnails.strip());
    }
    if (pending.size() >= IN_MEMORY) {
      objects.replaceAll(this::spooled);
    }
    pending.add(new Pending(segment, keys, objects, thumbnails, System.nanoTime()));
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
      return object.spooled(services.spool());
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
    StoryboardUpload pictures =
        head.thumbnails() == null
            ? null
            : new StoryboardUpload(
                broadcast, head.thumbnails(), storyboard.get(), services.storyboard());
    services
        .uploads()
        .submit(
            broadcast + "/" + head.segment().msn(),
            () -> upload(head.objects(), pictures),
            () -> owner.execute(() -> uploaded(head, pictures)));
  }

  private void upload(List<Uploads.StoredObject> objects, StoryboardUpload pictures)
      throws IOException {
    for (Uploads.StoredObject object : objects) {
      services.uploads().putNow(object);
    }
    if (pictures != null) {
      pictures.run(services.uploads());
    }
  }

  private void uploaded(Pending head, StoryboardUpload pictures) {
    busy = false;
    release(head);
    services.metrics().segmentStored(System.nanoTime() - head.sinceNanos());
    if (pending.peek() == head) {
      pending.poll();
      stored.stored(head.segment(), head.keys(), pictures == null ? null : pictures.fact());
    }
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
