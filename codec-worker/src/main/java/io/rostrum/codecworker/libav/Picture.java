package io.rostrum.codecworker.libav;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A rung's canvas: 8 bit 4:2:0 in BT.709 limited range. Owned by one thread at a time; handed on
 * whole.
 */
public final class Picture implements AutoCloseable {
  private static final int PLANES = 4;
  private static final byte BLACK_LUMA = 16;
  private static final byte BLACK_CHROMA = (byte) 128;

  private final AVFrame frame;
  private final PointerPointer<BytePointer> activePlanes = new PointerPointer<>(PLANES);
  private final IntPointer strides;
  private Rect active;

  /**
   * @param width in pixels, even @param height in pixels, even
   */
  public Picture(int width, int height) {
    frame = LibavException.present("av_frame_alloc", avutil.av_frame_alloc());
    frame.width(width).height(height).format(avutil.AV_PIX_FMT_YUV420P);
    frame
        .color_range(avutil.AVCOL_RANGE_MPEG)
        .colorspace(avutil.AVCOL_SPC_BT709)
        .color_primaries(avutil.AVCOL_PRI_BT709)
        .color_trc(avutil.AVCOL_TRC_BT709);
    frame.sample_aspect_ratio().num(1).den(1);
    int code = avutil.av_frame_get_buffer(frame, 0);
    if (code < 0) {
      avutil.av_frame_free(frame);
      activePlanes.close();
      throw new LibavException("av_frame_get_buffer", code);
    }
    strides = frame.linesize();
    activate(new Rect(0, 0, width, height));
  }

  AVFrame frame() {
    return frame;
  }

  /** Where the planes of the active rectangle start. */
  PointerPointer<BytePointer> activePlanes() {
    return activePlanes;
  }

  IntPointer strides() {
    return strides;
  }

  Rect active() {
    return active;
  }

  int width() {
    return frame.width();
  }

  int height() {
    return frame.height();
  }

  /** Sets the part of the canvas that the picture covers; all else is bars. */
  void activate(Rect rect) {
    if (rect.equals(active)) {
      return;
    }
    active = rect;
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      long offset = (long) (rect.y() >> shift) * frame.linesize(plane) + (rect.x() >> shift);
      activePlanes.put(plane, frame.data(plane).getPointer(offset));
    }
    activePlanes.put(3, (Pointer) null);
  }

  /**
   * Paints the bars black. After each scaling, since a scaler may write a little past its
   * rectangle's right edge.
   */
  void paintBars() {
    for (int plane = 0; plane < 3; plane++) {
      int shift = plane == 0 ? 0 : 1;
      byte black = plane == 0 ? BLACK_LUMA : BLACK_CHROMA;
      int width = width() >> shift;
      int height = height() >> shift;
      int left = active.x() >> shift;
      int right = active.right() >> shift;
      int top = active.y() >> shift;
      int bottom = active.bottom() >> shift;
      fill(plane, 0, 0, width, top, black);
      fill(plane, 0, bottom, width, height - bottom, black);
      fill(plane, 0, top, left, bottom - top, black);
      fill(plane, right, top, width - right, bottom - top, black);
    }
  }

  private void fill(int plane, int x, int y, int width, int height, byte value) {
    if (width <= 0 || height <= 0) {
      return;
    }
    int stride = frame.linesize(plane);
    BytePointer data = frame.data(plane);
    for (int row = y; row < y + height; row++) {
      Pointer.memset(data.position((long) row * stride + x), value & 0xFF, width);
    }
  }

  @Override
  public void close() {
    activePlanes.close();
    avutil.av_frame_free(frame);
  }
}
