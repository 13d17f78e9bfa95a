package io.rostrum.codecworker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Segments that the parent no longer waits for, known before their turn among the requests comes.
 * Safe for use by several threads.
 */
final class AbandonedSegments {
  private final Set<Long> msns = ConcurrentHashMap.newKeySet();

  void add(long msn) {
    msns.add(msn);
  }

  boolean contains(long msn) {
    return msns.contains(msn);
  }

  /** A segment begins: what was said of those before it, some of which were done, is of no use. */
  void begun(long msn) {
    msns.removeIf(before -> before < msn);
  }
}
