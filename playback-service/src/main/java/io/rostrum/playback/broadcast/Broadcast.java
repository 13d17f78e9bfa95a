package io.rostrum.playback.broadcast;

import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.playback.segment.FreshSegment;
import io.rostrum.playback.segment.HotPart;
import io.rostrum.playback.segment.MediaBytes;
import io.rostrum.playback.segment.MediaStore;
import io.rostrum.playback.segment.SegmentRef;
import io.rostrum.playback.storyboard.Storyboard;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One broadcast on this node: its timeline and its parts folded into what viewers see.
 *
 * <p>The threads that read Kafka write, under a lock that is held for microseconds. Event loops
 * read {@link #view()}, which is immutable, and the {@link #recording()}, without a lock. What a
 * view shows depends on nothing but the records that were applied, so all nodes show the same.
 */
public final class Broadcast {
  private final String id;
  private final int revision;
  private final MediaStore media;
  private final Object lock = new Object();
  private final Fold fold;
  private final PartIntake parts;
  private final Holds holds = new Holds();
  private final TreeMap<Long, TimelineRecord> behindHole = new TreeMap<>();
  private long nextSeq;
  private volatile BroadcastView view = BroadcastView.NOTHING;

  /**
   * @param id the broadcast's id
   * @param form of its playlists, but for PART-TARGET, which its ladder brings
   * @param liveWindowSeconds length of the sliding playlist
   * @param media takes the bytes
   */
  public Broadcast(String id, PlaylistForm form, int liveWindowSeconds, MediaStore media) {
    this(id, 0, form, liveWindowSeconds, media);
  }

  /**
   * @param revision of its recording; 0 for what was broadcast
   */
  Broadcast(String id, int revision, PlaylistForm form, int liveWindowSeconds, MediaStore media) {
    this.id = id;
    this.revision = revision;
    this.media = media;
    this.fold = new Fold(id, MediaUris.folder(revision), form, liveWindowSeconds);
    this.parts = new PartIntake(id);
  }

  /** The broadcast's id. */
  public String id() {
    return id;
  }

  /** Which revision of its recording this is; 0 for what was broadcast. */
  public int revision() {
    return revision;
  }

  /** What viewers see now. */
  public BroadcastView view() {
    return view;
  }

  /** The closed segments. */
  public Recording recording() {
    return fold.recording();
  }

  /** What its playlists have in common. */
  public PlaylistForm form() {
    return fold.form();
  }

  /** Its thumbnails and its poster. */
  public Storyboard storyboard() {
    return fold.storyboard();
  }

  /** Bytes of an init segment; null if no fact named it. */
  public byte[] init(String hash) {
    return fold.init(hash);
  }

  /** Changes the length of the sliding playlist, from the next segment on. */
  public void liveWindow(int seconds) {
    synchronized (lock) {
      fold.liveWindow(seconds);
    }
  }

  /**
   * Applies facts that come together: viewers see all of them or none, so the end of a broadcast is
   * in its playlists in the same instant as its last segment. A fact seen before is dropped. Facts
   * behind a hole wait for what is missing.
   *
   * @return whether facts are missing before those that wait
   */
  public boolean apply(List<TimelineRecord> records) {
    List<Hold> met;
    synchronized (lock) {
      for (TimelineRecord record : records) {
        if (record.seq() > nextSeq) {
          behindHole.put(record.seq(), record);
        } else if (record.seq() == nextSeq) {
          next(record);
          while (!behindHole.isEmpty() && behindHole.firstKey() <= nextSeq) {
            TimelineRecord waiting = behindHole.pollFirstEntry().getValue();
            if (waiting.seq() == nextSeq) {
              next(waiting);
            }
          }
        }
      }
      met = publish(null);
    }
    Holds.finish(met, Hold.Outcome.READY);
    return hasHole();
  }

  /** Whether facts are missing before others that are known. */
  public boolean hasHole() {
    synchronized (lock) {
      return !behindHole.isEmpty();
    }
  }

  private void next(TimelineRecord record) {
    nextSeq = record.seq() + 1;
    Fact fact = record.fact();
    fold.apply(fact);
    if (fact instanceof Fact.Open open) {
      fold.ladder().forEach(r -> list(r.name(), open.msn()));
    } else if (fact instanceof Fact.Close close) {
      closed(close.msn());
    } else if (fact instanceof Fact.Stored stored) {
      stored(stored.msn());
    }
  }

  private void closed(long msn) {
    parts.prune();
    ClosedSegment segment = recording().get(msn);
    if (segment == null) {
      return;
    }
    for (int i = 0; i < fold.ladder().size(); i++) {
      String rendition = fold.ladder().get(i).name();
      if (segment.gap(i)) {
        FreshSegment fresh = parts.remove(rendition, msn);
        if (fresh != null) {
          media.forget(fresh);
        }
      }
    }
  }

  private void stored(long msn) {
    ClosedSegment segment = recording().get(msn);
    if (segment == null) {
      return;
    }
    for (int i = 0; i < fold.ladder().size(); i++) {
      FreshSegment fresh = parts.find(fold.ladder().get(i).name(), msn);
      if (fresh != null) {
        media.stored(fresh, segment.form(i).bytes());
      }
    }
  }

  /** Takes in a part. Called by the media thread only. */
  public void accept(MediaPart part) {
    List<HotPart> visible;
    List<Hold> met;
    synchronized (lock) {
      ClosedSegment closed = recording().get(part.msn());
      if (closed != null && (closed.stored() || fold.gap(closed, part.rendition()))) {
        return;
      }
      visible = parts.add(part);
      if (visible.isEmpty()) {
        return;
      }
      if (closed == null) {
        list(part.rendition(), part.msn());
      }
      met = publish(part.rendition());
    }
    // Viewers first, the disk after them.
    Holds.finish(met, Hold.Outcome.READY);
    media.keep(parts.find(part.rendition(), part.msn()), visible);
  }

  private void list(String rendition, long msn) {
    FreshSegment fresh = parts.find(rendition, msn);
    if (fresh != null) {
      fold.listParts(rendition, msn, fresh.parts());
    }
  }

  private List<Hold> publish(String bytesOf) {
    BroadcastView before = view;
    BroadcastView after = fold.view();
    view = after;
    return holds.takeMet(before, after, bytesOf);
  }

  /**
   * Holds a request until its condition is met; finishes it at once, on the calling thread, if it
   * is met already.
   */
  public void hold(Hold hold) {
    synchronized (lock) {
      if (!hold.met(view)) {
        holds.add(hold);
        return;
      }
    }
    hold.finish(Hold.Outcome.READY);
  }

  /** Forgets a request whose client went away. */
  public void cancel(Hold hold) {
    synchronized (lock) {
      holds.remove(hold);
    }
  }

  /** Ends the wait of those that waited too long. */
  public void expireHolds(long nowNanos) {
    List<Hold> expired;
    synchronized (lock) {
      if (holds.count() == 0) {
        return;
      }
      expired = holds.takeExpired(nowNanos);
    }
    Holds.finish(expired, Hold.Outcome.TIMED_OUT);
  }

  /** Number of requests that wait. */
  public int heldRequests() {
    synchronized (lock) {
      return holds.count();
    }
  }

  /** Drops everything: the broadcast was deleted. */
  public void discard() {
    List<Hold> waiting;
    synchronized (lock) {
      waiting = holds.takeAll();
    }
    Holds.finish(waiting, Hold.Outcome.READY);
    parts.all().forEach(media::forget);
  }

  /** Whether it has ended and all of it is in the object store: this node may forget it. */
  public boolean settled() {
    synchronized (lock) {
      return view.ended() && fold.allStored() && behindHole.isEmpty();
    }
  }

  /** From which offset of its media partition parts are still needed; empty for none. */
  public OptionalLong neededMediaOffset() {
    synchronized (lock) {
      return fold.neededMediaOffset();
    }
  }

  /** Where a segment is. */
  public Located segment(String rendition, long msn) {
    BroadcastView now = view;
    TrackView track = now.track(rendition);
    ClosedSegment segment = recording().get(msn);
    if (track == null) {
      return new Located.Never("this broadcast has no rendition of that name");
    }
    if (segment == null) {
      // A node that is ahead of this one by a moment may have listed it already.
      return !now.ended() && msn == now.lastMsn() + 1
          ? new Located.Later()
          : new Located.Never("there is no such segment yet");
    }
    ClosedSegment.Form form = segment.form(track.index());
    if (form.gap()) {
      return new Located.Never("the segment is a gap in this rendition");
    }
    String key = segment.key(track.index());
    if (key != null) {
      return stored(rendition, msn, key, form, 0, form.bytes());
    }
    FreshSegment fresh = parts.find(rendition, msn);
    MediaBytes whole = fresh == null || fresh.bytes() < form.bytes() ? null : fresh.whole();
    return whole == null ? new Located.Later() : new Located.Here(whole);
  }

  /** Where a part is. */
  public Located part(String rendition, long msn, int part) {
    BroadcastView now = view;
    TrackView track = now.track(rendition);
    if (track == null) {
      return new Located.Never("this broadcast has no rendition of that name");
    }
    ClosedSegment segment = recording().get(msn);
    boolean open = segment == null && now.open() && msn == now.lastMsn() + 1;
    FreshSegment fresh = segment != null || open ? parts.find(rendition, msn) : null;
    if (fresh != null && part < fresh.parts().size()) {
      MediaBytes here = fresh.part(part);
      if (here != null) {
        return new Located.Here(here);
      }
    }
    if (segment == null) {
      boolean hinted =
          !now.ended()
              && msn == now.lastMsn() + 1
              && part <= track.openParts() + form().advancePartLimit();
      return hinted ? new Located.Later() : new Located.Never("there is no such part");
    }
    ClosedSegment.Form form = segment.form(track.index());
    if (form.gap() || part >= form.partBytes().length) {
      return new Located.Never("the segment ended before this part");
    }
    String key = segment.key(track.index());
    return key == null
        ? new Located.Later()
        : stored(rendition, msn, key, form, form.partOffset(part), form.partBytes()[part]);
  }

  private Located stored(
      String rendition, long msn, String key, ClosedSegment.Form form, long offset, long length) {
    SegmentRef ref = new SegmentRef(id, revision, rendition, msn);
    return new Located.Stored(ref, key, form.bytes(), offset, length);
  }
}
