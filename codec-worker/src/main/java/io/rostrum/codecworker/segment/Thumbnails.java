package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.Picture;
import io.rostrum.codecworker.libav.ThumbnailEncoder;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.WorkerProtocol;
import io.rostrum.contracts.codec.WorkerRequest;

/**
 * Takes a thumbnail of the first picture at or behind each multiple of the interval on the media
 * clock, and its larger form where that is asked for. For the worker's thread.
 */
final class Thumbnails implements AutoCloseable {
  private static final byte[] NO_POSTER = new byte[0];

  /** Below it a picture is black, or almost: a poster of it would say nothing. */
  private static final long MIN_POSTER_VARIANCE = 200;

  /** Where thumbnails go. */
  interface Exit {
    /**
     * @param poster the larger form; empty where there is none
     */
    void thumbnail(long ptsOut, byte[] jpeg, byte[] poster);
  }

  private final ThumbnailEncoder small;
  private final ThumbnailEncoder large;
  private final FrameGrid grid;
  private final long intervalOut;
  private final Exit exit;
  private long coveredOut;

  /**
   * @param smallest what thumbnails are scaled from
   * @param largest what posters are scaled from
   */
  Thumbnails(
      WorkerRequest.ConfigureThumbnails wanted,
      Rung smallest,
      Rung largest,
      FrameGrid grid,
      Exit exit) {
    this.small = new ThumbnailEncoder(smallest.width(), smallest.height(), wanted.widthPixels());
    this.large =
        wanted.posterWidthPixels() == 0
            ? null
            : new ThumbnailEncoder(
                largest.width(),
                largest.height(),
                Math.min(wanted.posterWidthPixels(), largest.width()));
    this.grid = grid;
    this.intervalOut = wanted.intervalMs() * (long) WorkerProtocol.OUTPUT_TIMESCALE / 1000;
    this.exit = exit;
    // What lies between the last slot of the segment before and the first of this one is shown
    // here.
    this.coveredOut = wanted.firstPicture() ? Long.MIN_VALUE : grid.slotOut(-1);
  }

  /**
   * @param smallest the smallest rung's canvas
   * @param largest the largest rung's
   * @param slot from which they are shown on
   */
  void shown(Picture smallest, Picture largest, long slot) {
    long shownOut = grid.slotOut(slot);
    if (Math.floorDiv(shownOut, intervalOut) > Math.floorDiv(coveredOut, intervalOut)) {
      byte[] jpeg = small.encode(smallest);
      boolean telling = large != null && small.variance() >= MIN_POSTER_VARIANCE;
      exit.thumbnail(shownOut, jpeg, telling ? large.encode(largest) : NO_POSTER);
    }
    coveredOut = shownOut;
  }

  @Override
  public void close() {
    small.close();
    if (large != null) {
      large.close();
    }
  }
}
