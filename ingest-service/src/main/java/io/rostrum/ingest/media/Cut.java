package io.rostrum.ingest.media;

/**
 * What starts with an access unit of the leading track. A segment's start is always a part's, too.
 */
enum Cut {
  NONE,
  PART,
  SEGMENT;

  boolean startsPart() {
    return this != NONE;
  }

  boolean startsSegment() {
    return this == SEGMENT;
  }
}
