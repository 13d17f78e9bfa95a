package io.rostrum.system;

import io.rostrum.hls.history.ListedPlaylist;
import io.rostrum.hls.history.PlaylistHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Looks at every media playlist of a broadcast again and again, whole and as delta updates, and at
 * one of them as a low-latency player does, part by part; holds each version against the rules of
 * its history. Also remembers the newest text of each.
 */
final class PlaybackWatch implements AutoCloseable {
  private static final String CHAIN = "audio.m3u8";

  private final Api api;
  private final String base;
  private final List<String> names;
  private final Map<String, PlaylistHistory> histories = new LinkedHashMap<>();
  private final Map<String, String> newest = new LinkedHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;
  private volatile long chained;

  PlaybackWatch(Api api, String base, List<String> names) {
    this.api = api;
    this.base = base;
    this.names = List.copyOf(names);
    threads.add(new Thread(this::poll, "watch playlists"));
    threads.add(new Thread(this::chain, "follow parts"));
    threads.forEach(Thread::start);
  }

  private void poll() {
    for (long round = 0; !stopping; round++) {
      look(round % 3 == 2);
    }
    look(false);
  }

  private void look(boolean delta) {
    for (String name : names) {
      Api.Answer answer = api.get(base + name + (delta ? "?_HLS_skip=YES" : ""));
      if (answer.status() != 200) {
        complaints.add(name + ": " + answer.status() + " " + answer.body());
        continue;
      }
      synchronized (histories) {
        complaints.addAll(histories.computeIfAbsent(name, PlaylistHistory::new).add(answer.body()));
        if (!delta) {
          newest.put(name, answer.body());
        }
      }
    }
    try {
      java.util.concurrent.TimeUnit.MILLISECONDS.sleep(300); // as often as viewers do
    } catch (InterruptedException expected) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }

  /** Blocking reload: what was asked for is in each answer. */
  private void chain() {
    PlaylistHistory history = new PlaylistHistory(CHAIN + ", part by part");
    String query = "";
    while (!stopping) {
      Api.Answer answer = api.get(base + CHAIN + query);
      if (answer.status() != 200) {
        // Nothing came for three target durations.
        complaints.addAll(answer.status() == 503 ? List.of() : List.of(CHAIN + query + answer));
        continue;
      }
      complaints.addAll(history.add(answer.body()));
      ListedPlaylist last = history.last();
      if (last == null || last.endList()) {
        return;
      }
      chained++;
      query =
          "?_HLS_msn="
              + (last.lastMsn() + 1)
              + "&_HLS_part="
              + last.openParts().size()
              + "&_HLS_skip=YES";
    }
  }

  /** How many answers the part by part viewer got. */
  long chained() {
    return chained;
  }

  /** The newest text of each playlist. */
  Map<String, String> newest() {
    synchronized (histories) {
      return new LinkedHashMap<>(newest);
    }
  }

  /** What was wrong so far, and in what the renditions disagree. */
  List<String> complaints() {
    List<String> all = new ArrayList<>(complaints);
    synchronized (histories) {
      List<PlaylistHistory> list =
          names.stream().filter(n -> !n.startsWith("iframes-")).map(histories::get).toList();
      for (PlaylistHistory other : list) {
        PlaylistHistory first =
            histories.get(other.last().type() == null ? "live-audio.m3u8" : "audio.m3u8");
        all.addAll(first.disagreements(other));
      }
    }
    return all;
  }

  /** Looks once more and stops. */
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join(60_000);
    }
  }
}
