package io.rostrum.codecworker.libav;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Scales one decoded picture onto every rung's canvas: each from the smallest larger rung where
 * there is one, which costs a fraction of scaling each from the source. Which rung feeds which
 * follows from the sizes alone, so a rung's bytes are a function of the source and the ladder. For
 * one thread.
 */
public final class ScalerChain implements AutoCloseable {
  private final List<PictureScaler> scalers = new ArrayList<>();

  /**
   * @param rungs how many canvases each call brings
   */
  public ScalerChain(int rungs) {
    for (int i = 0; i < rungs; i++) {
      scalers.add(new PictureScaler());
    }
  }

  /**
   * @param source decoded picture
   * @param canvases one per rung, largest first
   */
  public void scale(DecodedPicture source, List<Picture> canvases) {
    AVFrame frame = source.frame();
    for (int i = 0; i < canvases.size(); i++) {
      Picture canvas = canvases.get(i);
      Rect rect =
          Rect.fit(
              frame.width(),
              frame.height(),
              frame.sample_aspect_ratio().num(),
              frame.sample_aspect_ratio().den(),
              canvas.width(),
              canvas.height());
      Picture larger = smallestLarger(canvases.subList(0, i), rect);
      if (larger == null) {
        scalers.get(i).scale(frame, rect, canvas);
      } else {
        scalers.get(i).scale(larger, rect, canvas);
      }
    }
  }

  private static Picture smallestLarger(List<Picture> done, Rect rect) {
    Picture best = null;
    for (Picture candidate : done) {
      Rect active = candidate.active();
      if (active.width() >= rect.width() && active.height() >= rect.height()) {
        best = candidate;
      }
    }
    return best;
  }

  @Override
  public void close() {
    scalers.forEach(PictureScaler::close);
  }
}
