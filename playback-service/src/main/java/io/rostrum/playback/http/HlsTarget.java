package io.rostrum.playback.http;

import io.rostrum.playback.clip.ClipRange;

/** What a request under {@code /hls/{id}/} names. */
sealed interface HlsTarget {
  /** Whether it can be of a finished recording alone, and so of a revision of one. */
  default boolean isOfRecording() {
    return true;
  }

  /** Whether it is where players begin. */
  default boolean isMultivariant() {
    return this instanceof Index || this instanceof LiveIndex;
  }

  /** {@code index.m3u8}: from the start; with a query, a range of it. */
  record Index() implements HlsTarget {
    @Override
    public boolean isOfRecording() {
      return false;
    }
  }

  /** {@code live.m3u8}: the sliding window. */
  record LiveIndex() implements HlsTarget {
    @Override
    public boolean isOfRecording() {
      return false;
    }
  }

  /** {@code {rendition}.m3u8} or {@code live-{rendition}.m3u8}. */
  record Media(String rendition, boolean sliding) implements HlsTarget {
    @Override
    public boolean isOfRecording() {
      return !sliding;
    }
  }

  /** {@code iframes-{rendition}.m3u8} or {@code iframes-live-{rendition}.m3u8}. */
  record Iframes(String rendition, boolean sliding) implements HlsTarget {
    @Override
    public boolean isOfRecording() {
      return !sliding;
    }
  }

  /** {@code {rendition}/{msn}.{part}.iframe.m4s}: the picture that starts a part. */
  record Iframe(String rendition, long msn, int part) implements HlsTarget {}

  /** {@code c/{first}-{last}/{rendition}.m3u8}. */
  record Clip(ClipRange range, String rendition) implements HlsTarget {
    @Override
    public boolean isOfRecording() {
      return range.lastMsn() >= 0;
    }
  }

  /** {@code {rendition}/init-{hash}.mp4}. */
  record Init(String rendition, String hash) implements HlsTarget {}

  /** {@code {rendition}/{msn}.m4s}. */
  record Segment(String rendition, long msn) implements HlsTarget {}

  /** {@code {rendition}/{msn}.{part}.m4s}. */
  record Part(String rendition, long msn, int part) implements HlsTarget {}

  /** {@code storyboard.vtt}: cues of thumbnails; with a query, those of a range. */
  record Storyboard() implements HlsTarget {}

  /** {@code c/{first}-{last}/storyboard.vtt}. */
  record ClipStoryboard(ClipRange range) implements HlsTarget {}

  /** {@code storyboard/{name}}: thumbnails. */
  record Thumbnails(String name) implements HlsTarget {}

  /** {@code poster.jpg}: the picture that stands for the broadcast. */
  record Poster() implements HlsTarget {}
}
