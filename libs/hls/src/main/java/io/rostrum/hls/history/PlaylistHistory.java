package io.rostrum.hls.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All versions of one media playlist that somebody saw, in their order. Delta updates are put
 * together with what was seen before, as a player does it.
 *
 * <p>Not thread safe. Memory grows with the playlist.
 */
public final class PlaylistHistory {
  private final String name;
  private final TreeMap<Long, ListedSegment> known = new TreeMap<>();
  private final Map<Long, List<ListedPart>> knownParts = new HashMap<>();
  private ListedPlaylist last;

  /**
   * @param name of the playlist, for complaints
   */
  public PlaylistHistory(String name) {
    this.name = name;
  }

  /** The newest version; null before the first. */
  public ListedPlaylist last() {
    return last;
  }

  /**
   * Takes the next version.
   *
   * @return what it breaks, with the section that says so; empty if nothing
   */
  public List<String> add(String text) {
    ListedPlaylist next;
    try {
      next = ListedPlaylist.read(text);
    } catch (MalformedPlaylistException e) {
      return List.of(name + ": " + e.getMessage());
    }
    Complaints complaints = new Complaints();
    new SingleVersion(next, complaints).check();
    if (last != null) {
      settings(last, next, complaints);
      sequence(last, next, complaints);
    }
    delta(next, complaints);
    next.segments().forEach(segment -> segment(segment, complaints));
    last = next;
    List<String> named = new ArrayList<>();
    complaints.all().forEach(complaint -> named.add(name + ": " + complaint));
    return named;
  }

  private static void settings(ListedPlaylist before, ListedPlaylist now, Complaints complaints) {
    complaints.same(
        before.targetDurationSeconds(),
        now.targetDurationSeconds(),
        "§6.2.1: EXT-X-TARGETDURATION never changes");
    complaints.same(before.type(), now.type(), "§6.2.1: EXT-X-PLAYLIST-TYPE never changes");
    complaints.same(before.partTargetMicros(), now.partTargetMicros(), "PART-TARGET never changes");
    complaints.same(
        before.serverControl(), now.serverControl(), "EXT-X-SERVER-CONTROL never changes");
    complaints.same(before.iframesOnly(), now.iframesOnly(), "EXT-X-I-FRAMES-ONLY never changes");
    if (!now.endList()) {
      complaints.unless(
          now.reports().containsAll(before.reports()), "B.1: a rendition report is missing");
    }
  }

  private void sequence(ListedPlaylist before, ListedPlaylist now, Complaints complaints) {
    complaints.unless(
        now.mediaSequence() >= before.mediaSequence(),
        "§6.2.2: EXT-X-MEDIA-SEQUENCE went back from "
            + before.mediaSequence()
            + " to "
            + now.mediaSequence());
    complaints.unless(
        before.type() == null || now.mediaSequence() == before.mediaSequence(),
        "§6.2.1: a segment was removed from a playlist with a type");
    complaints.unless(
        now.lastMsn() >= before.lastMsn(),
        "§6.2.1: segment " + before.lastMsn() + " was listed and is not any more");
    complaints.unless(
        now.lastMsn() > before.lastMsn()
            || now.endList()
            || now.openParts().size() >= before.openParts().size(),
        "§6.2.1: parts of the open segment went away");
    complaints.unless(
        !before.endList() || (now.endList() && now.lastMsn() == before.lastMsn()),
        "§4.4.3.4: it changed behind EXT-X-ENDLIST");
    hint(before, now, complaints);
    if (now.mediaSequence() > before.mediaSequence()) {
      long removed =
          known.subMap(before.mediaSequence(), now.mediaSequence()).values().stream()
              .filter(ListedSegment::discontinuity)
              .count();
      complaints.same(
          before.discontinuitySequence() + removed,
          now.discontinuitySequence(),
          "§6.2.2: EXT-X-DISCONTINUITY-SEQUENCE counts what was removed");
    } else {
      complaints.same(
          before.discontinuitySequence(),
          now.discontinuitySequence(),
          "§6.2.2: EXT-X-DISCONTINUITY-SEQUENCE without a removal");
    }
  }

  /** §4.4.5.3: what was hinted at has that name when it is listed. */
  private static void hint(ListedPlaylist before, ListedPlaylist now, Complaints complaints) {
    String hinted = before.hints().get("PART");
    int part = before.openParts().size();
    for (ListedSegment segment : now.segments()) {
      if (hinted != null
          && segment.msn() == before.lastMsn() + 1
          && segment.parts().size() > part) {
        complaints.same(
            hinted, segment.parts().get(part).uri(), "§4.4.5.3: a part has its hint's URI");
      }
    }
  }

  /** §6.2.5.1: what is skipped lies behind the boundary, and was listed before. */
  private void delta(ListedPlaylist now, Complaints complaints) {
    if (now.skipped() == 0) {
      return;
    }
    complaints.unless(!now.endList(), "§6.2.5.1: a delta update of a playlist that has ended");
    long boundary = now.controlMicros("CAN-SKIP-UNTIL");
    complaints.unless(boundary > 0, "§4.4.5.2: EXT-X-SKIP without CAN-SKIP-UNTIL");
    long behind = now.segments().stream().mapToLong(ListedSegment::micros).sum();
    complaints.unless(behind >= boundary, "§6.2.5.1: a segment inside the boundary is skipped");
    long firstListed = now.mediaSequence() + now.skipped();
    complaints.unless(
        known.containsKey(firstListed - 1) || known.isEmpty(),
        "§6.3.7: segment " + (firstListed - 1) + " is skipped and was never listed");
  }

  private void segment(ListedSegment segment, Complaints complaints) {
    String at = " (segment " + segment.msn() + ")";
    parts(segment, at, complaints);
    if (segment.open()) {
      return;
    }
    ListedSegment before = known.put(segment.msn(), segment);
    if (before != null) {
      complaints.same(before.uri(), segment.uri(), "§6.2.1: its URI never changes" + at);
      complaints.same(before.micros(), segment.micros(), "§6.2.1: its duration" + at);
      complaints.same(
          before.discontinuity(), segment.discontinuity(), "§6.2.1: its discontinuity" + at);
      complaints.same(before.programDateTime(), segment.programDateTime(), "§6.2.1: its time" + at);
      complaints.same(before.gap(), segment.gap(), "§6.2.1: whether it is a gap" + at);
      if (before.mapUri() != null && segment.mapUri() != null) {
        complaints.same(before.mapUri(), segment.mapUri(), "§6.2.1: its init segment" + at);
      }
    }
  }

  private void parts(ListedSegment segment, String at, Complaints complaints) {
    if (segment.parts().isEmpty()) {
      return;
    }
    List<ListedPart> before = knownParts.put(segment.msn(), segment.parts());
    // What was announced part by part may turn out to be a gap.
    if (before != null && !segment.gap()) {
      for (int i = 0; i < before.size(); i++) {
        ListedPart now = i < segment.parts().size() ? segment.parts().get(i) : null;
        complaints.same(before.get(i), now, "§6.2.1: part " + i + at);
      }
    }
    knownParts.keySet().removeIf(msn -> msn < segment.msn() - 4);
  }

  /** What two playlists of one presentation must have in common (§6.2.4). */
  public List<String> disagreements(PlaylistHistory other) {
    Complaints complaints = new Complaints();
    if (last != null && other.last != null) {
      String both = " of " + name + " and " + other.name;
      complaints.same(
          last.targetDurationSeconds(),
          other.last.targetDurationSeconds(),
          "§6.2.4: target" + both);
      complaints.same(last.serverControl(), other.last.serverControl(), "§6.2.4: control" + both);
      complaints.same(last.type(), other.last.type(), "§6.2.4: type" + both);
    }
    known.forEach(
        (msn, mine) -> {
          ListedSegment theirs = other.known.get(msn);
          if (theirs != null) {
            String at = " of segment " + msn + " in " + name + " and " + other.name;
            complaints.same(
                mine.discontinuity(), theirs.discontinuity(), "AS 8.15: discontinuity" + at);
            complaints.same(
                mine.programDateTime(), theirs.programDateTime(), "§6.2.4: wall-clock time" + at);
          }
        });
    return complaints.all();
  }
}
