package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.libav.Picture;
import io.rostrum.codecworker.libav.ThumbnailEncoder;
import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.codec.WorkerProtocol;
import io.rostrum.contracts.codec.WorkerRequest;

/**
 * Takes a thumbnail of the first picture at or behind each multiple of the interval on the media
 * clock. For the worker's thread.
 */
final class Thumbnails implements AutoCloseable {
  /** Where thumbnails go. */
  interface Exit {
    void thumbnail(long ptsOut, byte[] jpeg);
  }

  private final ThumbnailEncoder encoder;
  private final FrameGrid grid;
  private final long intervalOut;
  private final Exit exit;
  private long coveredOut;

  Thumbnails(WorkerRequest.ConfigureThumbnails wanted, Rung rung, FrameGrid grid, Exit exit) {
    this.encoder = new ThumbnailEncoder(rung.width(), rung.height(), wanted.widthPixels());
    this.grid = grid;
    this.intervalOut = wanted.intervalMs() * (long) WorkerProtocol.OUTPUT_TIMESCALE / 1000;
    this.exit = exit;
    // What lies between the last slot of the segment before and the first of this one is shown
    // here.
    this.coveredOut = grid.slotOut(-1);
  }

  /**
   * @param canvas the smallest rung's
   * @param slot from which it is shown on
   */
  void shown(Picture canvas, long slot) {
    long shownOut = grid.slotOut(slot);
    if (Math.floorDiv(shownOut, intervalOut) > Math.floorDiv(coveredOut, intervalOut)) {
      exit.thumbnail(shownOut, encoder.encode(canvas));
    }
    coveredOut = shownOut;
  }

  @Override
  public void close() {
    encoder.close();
  }
}
