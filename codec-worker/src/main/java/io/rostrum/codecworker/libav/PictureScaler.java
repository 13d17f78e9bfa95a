package io.rostrum.codecworker.libav;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Scales pictures onto one rung's canvas: bicubic, with the flags that make the bytes the same at
 * every CPU feature level. Follows a source that changes its shape. For one thread.
 */
final class PictureScaler implements AutoCloseable {
  private static final int FLAGS =
      swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT;
  private static final int UNITY = 1 << 16;

  private SwsContext context;
  private Shape shape;
  private Rect target;

  /** What a context was made for. */
  private record Shape(
      int width, int height, int format, int matrix, boolean fullRange, Rect target) {}

  /**
   * Scales a decoded picture of any size and format.
   *
   * @param source decoded picture
   * @param rect where on the canvas it goes
   * @param canvas gets it, with bars around the rectangle
   */
  void scale(AVFrame source, Rect rect, Picture canvas) {
    prepare(
        new Shape(
            source.width(),
            source.height(),
            source.format(),
            matrixOf(source.colorspace()),
            source.color_range() == avutil.AVCOL_RANGE_JPEG,
            rect));
    run(source.data(), source.linesize(), source.height(), canvas);
  }

  /**
   * Scales what another rung shows.
   *
   * @param larger the other rung's canvas
   * @param rect where on this rung's canvas it goes
   * @param canvas gets it, with bars around the rectangle
   */
  void scale(Picture larger, Rect rect, Picture canvas) {
    Rect from = larger.active();
    prepare(
        new Shape(
            from.width(),
            from.height(),
            avutil.AV_PIX_FMT_YUV420P,
            swscale.SWS_CS_ITU709,
            false,
            rect));
    run(larger.activePlanes(), larger.strides(), from.height(), canvas);
  }

  private void run(PointerPointer<?> planes, IntPointer strides, int rows, Picture canvas) {
    canvas.activate(target);
    int scaled =
        swscale.sws_scale(
            context, planes, strides, 0, rows, canvas.activePlanes(), canvas.strides());
    if (scaled != target.height()) {
      throw new LibavException("sws_scale made " + scaled + " rows of " + target.height());
    }
    canvas.paintBars();
  }

  private void prepare(Shape wanted) {
    if (wanted.equals(shape)) {
      return;
    }
    close();
    context =
        LibavException.present(
            "sws_getContext " + wanted,
            swscale.sws_getContext(
                wanted.width,
                wanted.height,
                wanted.format,
                wanted.target.width(),
                wanted.target.height(),
                avutil.AV_PIX_FMT_YUV420P,
                FLAGS,
                (SwsFilter) null,
                (SwsFilter) null,
                (DoublePointer) null));
    shape = wanted;
    target = wanted.target;
    swscale.sws_setColorspaceDetails(
        context,
        swscale.sws_getCoefficients(wanted.matrix),
        wanted.fullRange ? 1 : 0,
        swscale.sws_getCoefficients(swscale.SWS_CS_ITU709),
        0,
        0,
        UNITY,
        UNITY);
  }

  /**
   * The matrix that the stream says, ISO/IEC 23091-2 §8.3; what says nothing is BT.709 to browsers
   * as well.
   */
  private static int matrixOf(int colorspace) {
    if (colorspace == avutil.AVCOL_SPC_BT470BG || colorspace == avutil.AVCOL_SPC_SMPTE170M) {
      return swscale.SWS_CS_ITU601;
    }
    return colorspace == avutil.AVCOL_SPC_BT2020_NCL
        ? swscale.SWS_CS_BT2020
        : swscale.SWS_CS_ITU709;
  }

  @Override
  public void close() {
    if (context != null) {
      swscale.sws_freeContext(context);
      context = null;
      shape = null;
    }
  }
}
