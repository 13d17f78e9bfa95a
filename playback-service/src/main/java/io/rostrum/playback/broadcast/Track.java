package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.hls.GrowingPlaylist;
import io.rostrum.hls.LiveEdge;
import io.rostrum.hls.MediaDuration;
import io.rostrum.hls.MediaSegment;
import io.rostrum.hls.OpenSegment;
import io.rostrum.hls.PartialSegment;
import io.rostrum.hls.PlaylistState;
import io.rostrum.hls.PreloadHint;
import io.rostrum.hls.RenditionReport;
import io.rostrum.playback.segment.HotPart;
import java.util.ArrayList;
import java.util.List;

/** One rendition of a broadcast while it is folded. Guarded by the broadcast's lock. */
final class Track {
  private static final int MICROS_PER_SECOND = 1_000_000;
  private static final int SHORTEST_PART_PERCENT = 85;

  private final Rendition rendition;
  private final int index;
  private final PlaylistForm form;
  private final BitRates bitRates;
  private final Iframes iframes;
  private final List<PartialSegment> openParts = new ArrayList<>();
  private GrowingPlaylist event;
  private GrowingPlaylist live;
  private int lastParts;
  private boolean changed = true;
  private boolean iframesEnded;
  private LiveEdge eventEdge;
  private LiveEdge liveEdge;
  private PlaylistState eventState;
  private PlaylistState liveState;
  private PlaylistState iframesState;
  private PlaylistState liveIframesState;

  Track(Rendition rendition, int index, PlaylistForm form) {
    this.rendition = rendition;
    this.index = index;
    this.event = new GrowingPlaylist(form.event(), 0);
    this.live = new GrowingPlaylist(form.sliding(), 0);
    this.form = form;
    this.bitRates =
        new BitRates(
            rendition.bandwidth(), rendition.averageBandwidth(), form.targetDurationSeconds());
    this.iframes = rendition.kind() == Rendition.Kind.VIDEO ? new Iframes(rendition, form) : null;
  }

  Rendition rendition() {
    return rendition;
  }

  int openParts() {
    return openParts.size();
  }

  /**
   * Lists the parts of the open segment that came since. §4.4.4.9: only the last part of a segment
   * may be short, so a short one waits until there is another behind it or the segment is closed;
   * and what is hinted at meanwhile is the part that really comes next.
   */
  void listParts(long msn, List<HotPart> parts) {
    for (int i = openParts.size(); i < parts.size(); i++) {
      HotPart part = parts.get(i);
      if (i == parts.size() - 1 && isShort(part)) {
        return;
      }
      openParts.add(
          new PartialSegment(
              MediaUris.part("", rendition.name(), msn, i),
              new MediaDuration(part.durationTicks(), part.timescale()),
              part.independent()));
    }
  }

  private boolean isShort(HotPart part) {
    return part.durationTicks() * 100_000
        < SHORTEST_PART_PERCENT * form.partTarget().toMillis() * part.timescale();
  }

  /**
   * @param close for the durations of its parts, which are listed for a while
   */
  void close(ClosedSegment segment, Fact.Close close, long firstLiveMsn) {
    ClosedSegment.Form became = segment.form(index);
    Fact.SegmentRendition of = close.renditions().get(rendition.name());
    List<PartialSegment> parts =
        became.gap() ? gapParts(segment.msn(), became.duration()) : parts(segment.msn(), of);
    if (became.gap()) {
      bitRates.gap();
    } else {
      bitRates.add(became.bytes(), became.duration().toMicros());
    }
    MediaSegment listed = listed(segment, parts);
    event.append(listed, segment.discontinuitySequence());
    live.append(listed, segment.discontinuitySequence());
    live.removeBefore(firstLiveMsn);
    openParts.clear();
    lastParts = parts.size();
    changed = true;
    if (iframes != null) {
      iframes.close(segment, of, segment.init(index), firstLiveMsn);
    }
  }

  private List<PartialSegment> parts(long msn, Fact.SegmentRendition of) {
    List<PartialSegment> parts = new ArrayList<>();
    for (int i = 0; i < of.parts().size(); i++) {
      Fact.Part part = of.parts().get(i);
      parts.add(
          new PartialSegment(
              MediaUris.part("", rendition.name(), msn, i),
              new MediaDuration(part.durationTicks(), of.timescale()),
              part.independent()));
    }
    return parts;
  }

  /**
   * §4.4.4.9: a gap has parts as any other segment has, each of them a gap. They are as long as
   * full parts are, whatever came of them before: a node that started later shows the same.
   */
  private List<PartialSegment> gapParts(long msn, MediaDuration duration) {
    long micros = new MediaDuration(fullPartTicks(), rendition.timescale()).toMicros();
    List<PartialSegment> parts = new ArrayList<>();
    for (long rest = duration.toMicros(); rest > 0 && micros > 0; rest -= micros) {
      MediaDuration part = new MediaDuration(Math.min(rest, micros), MICROS_PER_SECOND);
      parts.add(PartialSegment.gap(MediaUris.part("", rendition.name(), msn, parts.size()), part));
    }
    return parts;
  }

  private long fullPartTicks() {
    return rendition.partDurationTicks() > 0
        ? rendition.partDurationTicks()
        : form.partTarget().toMillis() * rendition.timescale() / 1000;
  }

  /** What the multivariant playlist says of it. */
  Multivariant.Offer offer(boolean ended) {
    return ended
        ? new Multivariant.Offer(rendition, bitRates.finalPeak(), bitRates.finalAverage())
        : new Multivariant.Offer(rendition, bitRates.livePeak(), bitRates.liveAverage());
  }

  private MediaSegment listed(ClosedSegment segment, List<PartialSegment> parts) {
    ClosedSegment.Form became = segment.form(index);
    return new MediaSegment(
        MediaUris.segment("", rendition.name(), segment.msn()),
        became.duration(),
        segment.discontinuity(),
        segment.pdt(),
        MediaUris.init("", rendition.name(), segment.init(index)),
        became.gap(),
        parts);
  }

  /**
   * Lists what is left of the recording after its end was cut off. The sliding playlist stays as it
   * is where nothing would be left in it.
   */
  void startOver(Recording recording, long firstLiveMsn) {
    event = new GrowingPlaylist(form.event(), 0);
    append(event, recording, 0);
    if (firstLiveMsn < recording.count()) {
      live = new GrowingPlaylist(form.sliding(), firstLiveMsn);
      append(live, recording, firstLiveMsn);
    }
    lastParts = 0;
    changed = true;
  }

  private void append(GrowingPlaylist playlist, Recording recording, long firstMsn) {
    for (long msn = firstMsn; msn < recording.count(); msn++) {
      ClosedSegment segment = recording.get(msn);
      playlist.append(listed(segment, List.of()), segment.discontinuitySequence());
    }
  }

  long liveMediaSequence() {
    return live.mediaSequence();
  }

  /** Last part index in the last closed segment; -1 where it has none. */
  int lastPart() {
    return lastParts - 1;
  }

  /**
   * @param open the segment behind the last closed one; null if it has not opened
   * @param init of this rendition in {@code open}
   * @param lastInit of this rendition in the last closed segment
   * @param eventReports what other renditions have, by the names of the playlists from the start
   * @param liveReports the same by the names of the sliding playlists
   */
  TrackView view(
      long lastMsn,
      Fact.Open open,
      String init,
      String lastInit,
      boolean ended,
      List<RenditionReport> eventReports,
      List<RenditionReport> liveReports) {
    LiveEdge newEvent = ended ? LiveEdge.ENDED : edge(lastMsn, open, init, lastInit, eventReports);
    LiveEdge newLive =
        ended
            ? LiveEdge.ENDED
            : new LiveEdge(newEvent.open(), newEvent.hints(), liveReports, false);
    // The same state is kept while nothing changes: with it what was rendered of it.
    if (changed || !newEvent.equals(eventEdge)) {
      eventState = event.state(newEvent);
      eventEdge = newEvent;
    }
    if (changed || !newLive.equals(liveEdge)) {
      liveState = live.state(newLive);
      liveEdge = newLive;
    }
    if (iframes != null && (changed || ended != iframesEnded)) {
      iframesState = iframes.event(ended);
      liveIframesState = iframes.live(ended);
      iframesEnded = ended;
    }
    changed = false;
    return new TrackView(
        rendition,
        index,
        lastMsn,
        lastParts,
        openParts.size(),
        eventState,
        liveState,
        iframesState,
        liveIframesState);
  }

  private LiveEdge edge(
      long lastMsn, Fact.Open open, String init, String lastInit, List<RenditionReport> reports) {
    String map = MediaUris.init("", rendition.name(), init);
    OpenSegment listed =
        open == null || openParts.isEmpty()
            ? null
            : new OpenSegment(open.discontinuity(), open.pdt(), map, openParts);
    List<PreloadHint> hints = new ArrayList<>(2);
    // B.1: a hint for the map too where the next part uses another one.
    if (listed == null && init != null && !init.equals(lastInit)) {
      hints.add(new PreloadHint(PreloadHint.Type.MAP, map));
    }
    hints.add(
        new PreloadHint(
            PreloadHint.Type.PART,
            MediaUris.part("", rendition.name(), lastMsn + 1, openParts.size())));
    return new LiveEdge(listed, hints, reports, false);
  }
}
