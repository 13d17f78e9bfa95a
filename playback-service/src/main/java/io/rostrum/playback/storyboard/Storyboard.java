package io.rostrum.playback.storyboard;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.hls.GrowingText;
import io.rostrum.hls.RenderedPlaylist;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The cues of a broadcast, folded from its {@code stored} facts in their order: the same facts give
 * the same text on every node.
 *
 * <p>A cue lasts until the next one, but not into a stretch without pictures. Where a sheet has
 * come its cues name the sheet, and never change again; the few behind it name the JPEGs of their
 * segments, and what an older text named stays where it was.
 *
 * <p>Thread safe; each call takes microseconds, but for ranges of a whole day.
 */
public final class Storyboard {
  private static final String HEAD = "WEBVTT\n\n";

  private final List<Cue> cues = new ArrayList<>();
  private final GrowingText text = new GrowingText(HEAD);
  private int settled;
  private long zeroTicks;

  /** First cue of the segments that no sheet has, and the segment it is of. */
  private final List<Integer> openCues = new ArrayList<>();

  private final List<Long> openMsns = new ArrayList<>();

  /** Whether something without pictures lies between the last cue and what comes. */
  private boolean interrupted;

  private String poster;
  private int version;
  private RenderedPlaylist rendered;

  /**
   * A segment is stored. Segments come in their order.
   *
   * @param startTicks its start on the broadcast's media clock, 90 kHz
   * @param endTicks its end
   * @param pictured whether there are pictures from which thumbnails could have been made
   * @param thumbnails null where it has none
   */
  public synchronized void stored(
      long msn, long startTicks, long endTicks, boolean pictured, Fact.Thumbnails thumbnails) {
    if (msn == 0) {
      zeroTicks = startTicks;
    }
    version++;
    rendered = null;
    interrupted = interrupted || !pictured;
    if (thumbnails != null) {
      openCues.add(cues.size());
      openMsns.add(msn);
      add(thumbnails);
      if (thumbnails.poster() != null && poster == null) {
        poster = name(thumbnails.poster());
      }
    }
    if (pictured && !interrupted && !cues.isEmpty()) {
      replaceLast(endTicks);
    }
    if (thumbnails != null && thumbnails.sheet() != null) {
      sheet(thumbnails);
    }
  }

  private void add(Fact.Thumbnails thumbnails) {
    int top = 0;
    for (long ticks : thumbnails.ticks()) {
      if (!interrupted && !cues.isEmpty()) {
        replaceLast(ticks);
      }
      interrupted = false;
      cues.add(
          new Cue(
              ticks, ticks, name(thumbnails.key()), top, thumbnails.width(), thumbnails.height()));
      top += thumbnails.pitch();
    }
  }

  private void replaceLast(long endTicks) {
    int last = cues.size() - 1;
    cues.set(last, cues.get(last).until(endTicks));
  }

  /** What lies before the sheet, and all of it but its last cue, whose end may move, is final. */
  private void sheet(Fact.Thumbnails thumbnails) {
    int first = openMsns.indexOf(thumbnails.sheet().firstMsn());
    if (first >= 0) {
      String image = name(thumbnails.sheet().key());
      int from = openCues.get(first);
      for (int i = from; i < cues.size(); i++) {
        cues.set(i, cues.get(i).in(image, (i - from) * thumbnails.pitch()));
      }
    }
    openCues.clear();
    openMsns.clear();
    text.settle(render(settled, cues.size() - 1, "", zeroTicks));
    settled = cues.size() - 1;
  }

  /** The whole file, its times those of the playlists from the start. */
  public synchronized RenderedPlaylist whole() {
    if (rendered == null) {
      rendered = text.with(render(settled, cues.size(), "", zeroTicks));
    }
    return rendered;
  }

  /**
   * The file of a range.
   *
   * @param prefix from the file to the broadcast's folder
   * @param fromTicks where the range and its times start, on the broadcast's media clock
   * @param toTicks where it ends
   */
  public synchronized RenderedPlaylist range(String prefix, long fromTicks, long toTicks) {
    StringBuilder out = new StringBuilder(HEAD);
    for (Cue cue : cues) {
      if (cue.endTicks() > fromTicks && cue.startTicks() < toTicks) {
        cue.until(Math.min(cue.endTicks(), toTicks)).appendTo(out, prefix, fromTicks);
      }
    }
    return RenderedPlaylist.of(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** How often it has changed. */
  public synchronized int version() {
    return version;
  }

  /** Name of the JPEG that stands for the broadcast; null while there is none. */
  public synchronized String poster() {
    return poster;
  }

  private String render(int from, int to, String prefix, long zero) {
    StringBuilder out = new StringBuilder(96 * Math.max(0, to - from));
    for (Cue cue : cues.subList(from, Math.max(from, to))) {
      cue.appendTo(out, prefix, zero);
    }
    return out.toString();
  }

  private static String name(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
