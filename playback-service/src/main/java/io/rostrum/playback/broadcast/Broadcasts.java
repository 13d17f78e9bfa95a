package io.rostrum.playback.broadcast;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.playback.config.PlaybackConfig;
import io.rostrum.playback.segment.MediaStore;
import io.rostrum.playback.storage.RecordedTimelines;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * All broadcasts that this node knows.
 *
 * <p>Those that run, or are not wholly in the object store, are kept. Of the others the most
 * recently used are, within a bound; the rest are read from the object store when somebody asks.
 */
@ApplicationScoped
public class Broadcasts {
  private static final Logger LOG = Logger.getLogger(Broadcasts.class);
  private static final Duration FORGET_ABSENCE = Duration.ofSeconds(5);

  private final MediaStore media;
  private final RecordedTimelines recorded;
  private final PlaylistForm form;
  private final ConcurrentHashMap<String, BroadcastIntent> intents = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, Fact.Revised> revised = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Broadcast> running = new ConcurrentHashMap<>();
  private final Set<String> settled = ConcurrentHashMap.newKeySet();
  private final Cache<String, Broadcast> ended;
  private final Cache<String, Optional<Broadcast>> brief;
  private final ConcurrentHashMap<String, CompletableFuture<Optional<Broadcast>>> loading =
      new ConcurrentHashMap<>();

  /**
   * @param media takes the bytes
   * @param recorded timelines of the past
   * @param config bounds
   */
  public Broadcasts(MediaStore media, RecordedTimelines recorded, PlaybackConfig config) {
    this.media = media;
    this.recorded = recorded;
    this.form = PlaylistForm.of(config.targetDurationSeconds());
    this.ended =
        Caffeine.newBuilder()
            .maximumWeight(config.memory().endedSegments())
            .weigher(Broadcasts::weight)
            .build();
    // What has no timeline yet may get one any moment.
    this.brief = Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(FORGET_ABSENCE).build();
  }

  private static int weight(String id, Broadcast broadcast) {
    int renditions = Math.max(1, broadcast.view().ladder().size());
    return 16 + broadcast.recording().count() * renditions;
  }

  /** What the playlists of all broadcasts have in common: all but the length of parts. */
  public PlaylistForm form() {
    return form;
  }

  /** The newest intent; null if this node knows none. */
  public BroadcastIntent intent(String id) {
    return intents.get(id);
  }

  /** Whether the broadcast was deleted. */
  public boolean deleted(String id) {
    return deleted.contains(id);
  }

  /** Takes a new intent. */
  public void intent(BroadcastIntent intent) {
    BroadcastIntent newest =
        intents.merge(
            intent.id(), intent, (old, young) -> young.revision() < old.revision() ? old : young);
    deleted.remove(intent.id());
    Broadcast broadcast = here(intent.id());
    if (broadcast != null) {
      broadcast.liveWindow(newest.liveWindowSeconds());
    }
  }

  /** The broadcast was deleted: nobody sees any of it again. */
  public void delete(String id) {
    deleted.add(id);
    intents.remove(id);
    Broadcast gone = running.remove(id);
    Broadcast cached = ended.getIfPresent(id);
    ended.invalidate(id);
    brief.invalidate(id);
    revised.remove(id);
    ended.asMap().keySet().removeIf(key -> key.startsWith(id + "/"));
    for (Broadcast broadcast : new Broadcast[] {gone, cached}) {
      if (broadcast != null) {
        broadcast.discard();
      }
    }
  }

  /**
   * Applies facts of one broadcast that come together.
   *
   * @return whether facts before them are missing
   */
  public boolean apply(String id, List<TimelineRecord> records) {
    if (deleted.contains(id)) {
      return false;
    }
    for (TimelineRecord record : records) {
      if (record.fact() instanceof Fact.Revised fact) {
        revised(id, fact);
      }
    }
    Broadcast broadcast = ended.getIfPresent(id);
    if (broadcast == null) {
      if (settled.contains(id)) {
        return false;
      }
      broadcast = running.computeIfAbsent(id, this::create);
    }
    boolean hole = broadcast.apply(records);
    if (broadcast.settled() && running.remove(id, broadcast)) {
      settled.add(id);
      ended.put(id, broadcast);
    }
    return hole;
  }

  /** Takes in a part. */
  public void accept(String id, MediaPart part) {
    if (!deleted.contains(id) && !settled.contains(id)) {
      running.computeIfAbsent(id, this::create).accept(part);
    }
  }

  private void revised(String id, Fact.Revised fact) {
    if (fact.revision() > 0) {
      revised.merge(id, fact, (old, now) -> now.revision() > old.revision() ? now : old);
    }
  }

  private Broadcast create(String id) {
    return create(id, 0);
  }

  private Broadcast create(String id, int revision) {
    BroadcastIntent intent = intents.get(id);
    int window =
        intent == null ? BroadcastIntent.DEFAULT_LIVE_WINDOW_SECONDS : intent.liveWindowSeconds();
    return new Broadcast(id, revision, form, window, media);
  }

  /** The newest revision of its recording that this node knows of; 0 for what was broadcast. */
  public int newestRevision(String id) {
    Fact.Revised newest = revised.get(id);
    return newest == null ? 0 : newest.revision();
  }

  /**
   * A revision of a recording; empty where there is none of that number. One read at a time. Fails
   * with {@link io.rostrum.playback.storage.StorageException}.
   */
  public CompletableFuture<Optional<Broadcast>> revision(String id, int revision) {
    String key = id + "/" + revision;
    Broadcast here = ended.getIfPresent(key);
    if (here != null) {
      return CompletableFuture.completedFuture(Optional.of(here));
    }
    return load(
        key,
        () ->
            fact(id, revision)
                .thenCompose(
                    fact ->
                        fact.isEmpty()
                            ? CompletableFuture.completedFuture(List.<TimelineRecord>of())
                            : recorded.load(fact.get()))
                .thenApply(records -> replay(key, create(id, revision), records)));
  }

  private CompletableFuture<Optional<Fact.Revised>> fact(String id, int revision) {
    Fact.Revised newest = revised.get(id);
    return newest != null && newest.revision() == revision
        ? CompletableFuture.completedFuture(Optional.of(newest))
        : recorded.revision(id, revision);
  }

  /** The broadcast if it is in memory and has facts; null otherwise. */
  public Broadcast here(String id) {
    Broadcast broadcast = running.get(id);
    if (broadcast != null && !broadcast.view().ladder().isEmpty()) {
      return broadcast;
    }
    return ended.getIfPresent(id);
  }

  /**
   * The broadcast, from the object store if need be; empty if it has no timeline. One read at a
   * time per broadcast. Fails with {@link io.rostrum.playback.storage.StorageException}.
   */
  public CompletableFuture<Optional<Broadcast>> find(String id) {
    Broadcast here = here(id);
    if (here != null) {
      return CompletableFuture.completedFuture(Optional.of(here));
    }
    return load(
        id,
        () ->
            recorded
                .load(id)
                .thenCombine(
                    recorded.newest(id),
                    (records, newest) -> {
                      newest.ifPresent(fact -> revised(id, fact));
                      return replay(id, create(id), records);
                    }));
  }

  private CompletableFuture<Optional<Broadcast>> load(
      String key, Supplier<CompletableFuture<Optional<Broadcast>>> read) {
    Optional<Broadcast> known = brief.getIfPresent(key);
    if (known != null) {
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<Optional<Broadcast>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<Broadcast>> other = loading.putIfAbsent(key, mine);
    if (other != null) {
      return other;
    }
    read.get()
        .whenComplete(
            (found, failure) -> {
              loading.remove(key);
              if (failure != null) {
                mine.completeExceptionally(failure);
              } else {
                mine.complete(found);
              }
            });
    return mine;
  }

  private Optional<Broadcast> replay(
      String key, Broadcast broadcast, List<TimelineRecord> records) {
    Optional<Broadcast> found = Optional.empty();
    if (!records.isEmpty()) {
      if (broadcast.apply(records)) {
        LOG.warnf("recorded timeline has holes: broadcast=%s", key);
      }
      if (broadcast.settled()) {
        ended.put(key, broadcast);
        return Optional.of(broadcast);
      }
      found = Optional.of(broadcast);
    }
    brief.put(key, found);
    return found;
  }

  /** Those that run or are not wholly stored. */
  public Collection<Broadcast> running() {
    return running.values();
  }
}
