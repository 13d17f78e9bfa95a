package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.hls.RenderedPlaylist;
import io.rostrum.hls.RenditionReport;
import io.rostrum.playback.segment.HotPart;
import io.rostrum.playback.storyboard.Storyboard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The facts of a broadcast, folded in their order. Guarded by the broadcast's lock but for {@link
 * #recording()}, {@link #storyboard()}, {@link #form()} and {@link #init}.
 *
 * <p>A fact that does not follow from those before it is logged and left out: the rest of the event
 * goes on.
 */
final class Fold {
  private static final Logger LOG = Logger.getLogger(Fold.class);

  private final String id;
  private final Recording recording = new Recording();
  private final Storyboard storyboard = new Storyboard();
  private final LiveWindow window;
  private final Map<String, byte[]> inits = new ConcurrentHashMap<>();
  private final String folder;
  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private volatile PlaylistForm form;
  private List<Rendition> ladder = List.of();
  private List<Multivariant.Offer> offers = List.of();
  private RenderedPlaylist index;
  private RenderedPlaylist live;
  private Fact.Open open;
  private boolean ended;
  private long firstNotStored;

  /** Number behind the segments that were taken out again at the end; 0 where none were. */
  private long waitedInVain;

  /**
   * @param folder of its media playlists in the broadcast's; empty or ending in a slash
   */
  Fold(String id, String folder, PlaylistForm form, int liveWindowSeconds) {
    this.id = id;
    this.folder = folder;
    this.form = form;
    this.window = new LiveWindow(recording, form.targetDurationSeconds(), liveWindowSeconds);
  }

  Recording recording() {
    return recording;
  }

  Storyboard storyboard() {
    return storyboard;
  }

  byte[] init(String hash) {
    return inits.get(hash);
  }

  PlaylistForm form() {
    return form;
  }

  List<Rendition> ladder() {
    return ladder;
  }

  void liveWindow(int seconds) {
    window.length(seconds);
  }

  void apply(Fact fact) {
    if (fact instanceof Fact.Open opened) {
      open(opened);
    } else if (fact instanceof Fact.Close close) {
      close(close);
    } else if (fact instanceof Fact.Stored stored) {
      stored(stored);
    } else if (fact instanceof Fact.End end) {
      ended = true;
      open = null;
      offer();
      cutAt(end.segments());
    }
  }

  /**
   * Takes out what the broadcast turned out not to have: segments without media behind the last
   * one, put there while its publisher was awaited in vain. A player never gets to the end of a
   * playlist that ends with gaps.
   */
  private void cutAt(long segments) {
    if (segments < recording.count()) {
      waitedInVain = recording.count();
      recording.cutAt((int) segments);
      firstNotStored = Math.min(firstNotStored, segments);
      tracks.values().forEach(track -> track.startOver(recording, window.first()));
    }
  }

  /** Renders the multivariant playlists again if there is anything else to say. */
  private void offer() {
    List<Multivariant.Offer> now = tracks.values().stream().map(t -> t.offer(ended)).toList();
    if (!now.equals(offers) && !now.isEmpty()) {
      offers = now;
      index =
          Multivariant.of(
              now,
              name -> folder + MediaUris.event(name),
              name -> folder + MediaUris.iframes(MediaUris.event(name)));
      live = Multivariant.of(now, MediaUris::live, name -> MediaUris.iframes(MediaUris.live(name)));
    }
  }

  private void open(Fact.Open opened) {
    if (ended || opened.msn() != recording.count()) {
      LOG.errorf(
          "open fact out of order, left out: broadcast=%s msn=%d expected=%d ended=%b",
          id, opened.msn(), recording.count(), ended);
      return;
    }
    if (opened.ladder() != null && ladder.isEmpty()) {
      ladder = opened.ladder();
      form = form.with(ladder);
      for (int i = 0; i < ladder.size(); i++) {
        tracks.put(ladder.get(i).name(), new Track(ladder.get(i), i, form));
      }
      offer();
    }
    inits.putAll(opened.newInits());
    open = opened;
  }

  private void close(Fact.Close close) {
    if (open == null || open.msn() != close.msn()) {
      LOG.errorf("close fact without its open, left out: broadcast=%s msn=%d", id, close.msn());
      return;
    }
    long longestTicks = (form.targetDurationSeconds() * 2L + 1) * Fact.CLOCK_HZ / 2;
    if (close.durationTicks() >= longestTicks) {
      LOG.errorf(
          "segment longer than EXT-X-TARGETDURATION, players may stop: broadcast=%s msn=%d"
              + " durationTicks=%d",
          id, close.msn(), close.durationTicks());
    }
    ClosedSegment segment = new ClosedSegment(open, close, ladder, recording.last());
    recording.add(segment);
    long firstLive = window.appended(segment);
    tracks.values().forEach(track -> track.close(segment, close, firstLive));
    offer();
    open = null;
  }

  private void stored(Fact.Stored stored) {
    ClosedSegment segment = recording.get(stored.msn());
    if (segment == null && stored.msn() < waitedInVain) {
      return;
    }
    if (segment == null) {
      LOG.errorf("stored fact of an unknown segment: broadcast=%s msn=%d", id, stored.msn());
      return;
    }
    segment.store(stored.keys(), ladder);
    storyboard.stored(
        segment.msn(),
        segment.startTicks(),
        segment.startTicks() + segment.durationTicks(),
        pictured(segment),
        stored.thumbnails());
    while (firstNotStored < recording.count() && recording.get(firstNotStored).stored()) {
      firstNotStored++;
    }
  }

  /** Thumbnails are made beside the smallest rendition with pictures. */
  private boolean pictured(ClosedSegment segment) {
    int smallest = -1;
    for (int i = 0; i < ladder.size(); i++) {
      boolean smaller = smallest < 0 || ladder.get(i).height() < ladder.get(smallest).height();
      if (ladder.get(i).kind() == Rendition.Kind.VIDEO && smaller) {
        smallest = i;
      }
    }
    return smallest >= 0 && !segment.gap(smallest);
  }

  void listParts(String rendition, long msn, List<HotPart> parts) {
    Track track = tracks.get(rendition);
    if (track != null && open != null && open.msn() == msn) {
      track.listParts(msn, parts);
    }
  }

  boolean gap(ClosedSegment segment, String rendition) {
    for (int i = 0; i < ladder.size(); i++) {
      if (ladder.get(i).name().equals(rendition)) {
        return segment.gap(i);
      }
    }
    return true;
  }

  boolean allStored() {
    for (long msn = firstNotStored; msn < recording.count(); msn++) {
      if (!recording.get(msn).stored()) {
        return false;
      }
      firstNotStored = msn + 1;
    }
    return true;
  }

  OptionalLong neededMediaOffset() {
    long needed = open == null ? Long.MAX_VALUE : open.mediaOffset();
    for (long msn = firstNotStored; msn < recording.count(); msn++) {
      if (!recording.get(msn).stored()) {
        needed = Math.min(needed, recording.get(msn).mediaOffset());
      }
    }
    return needed == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(needed);
  }

  BroadcastView view() {
    long lastMsn = recording.count() - 1L;
    int common = commonOpenParts();
    Map<String, TrackView> views = new LinkedHashMap<>();
    for (int i = 0; i < ladder.size(); i++) {
      Rendition rendition = ladder.get(i);
      ClosedSegment last = recording.last();
      views.put(
          rendition.name(),
          tracks
              .get(rendition.name())
              .view(
                  lastMsn,
                  open,
                  open == null ? null : open.inits().get(rendition.name()),
                  last == null ? null : last.init(i),
                  ended,
                  reports(rendition, common, false),
                  reports(rendition, common, true)));
    }
    // Players read the multivariant playlist and are held at their media playlists: what they need
    // until then is done by the time the slowest rendition has its first part.
    boolean started = lastMsn >= 0 || tracks.values().stream().anyMatch(t -> t.openParts() > 0);
    return new BroadcastView(
        ladder, started, ended, lastMsn, open != null, index, live, offers, views);
  }

  /** How many parts of the open segment every rendition has. */
  private int commonOpenParts() {
    return open == null ? 0 : tracks.values().stream().mapToInt(Track::openParts).min().orElse(0);
  }

  /**
   * For every other rendition the last part that all of them have: it is there wherever one looks.
   */
  private List<RenditionReport> reports(Rendition of, int common, boolean sliding) {
    List<RenditionReport> reports = new ArrayList<>(tracks.size());
    long lastMsn = recording.count() - 1L;
    for (Track track : tracks.values()) {
      String name = track.rendition().name();
      if (!name.equals(of.name()) && (common > 0 || lastMsn >= 0)) {
        String uri = sliding ? MediaUris.live(name) : MediaUris.event(name);
        reports.add(
            common > 0
                ? new RenditionReport(uri, lastMsn + 1, common - 1)
                : new RenditionReport(uri, lastMsn, track.lastPart()));
      }
    }
    return reports;
  }
}
