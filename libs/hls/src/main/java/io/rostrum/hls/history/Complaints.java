package io.rostrum.hls.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is wrong with one version of a playlist. */
final class Complaints {
  private final List<String> all = new ArrayList<>();

  void unless(boolean holds, String rule) {
    if (!holds) {
      all.add(rule);
    }
  }

  void same(Object before, Object now, String rule) {
    if (!Objects.equals(before, now)) {
      all.add(rule + ": " + before + " became " + now);
    }
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
