package io.rostrum.codecworker.libav;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** A picture as the decoder made it: any size, shape and format. For one thread at a time. */
public final class DecodedPicture implements AutoCloseable {
  private final AVFrame frame = LibavException.present("av_frame_alloc", avutil.av_frame_alloc());

  AVFrame frame() {
    return frame;
  }

  /** Presentation time in the input's timescale. */
  public long ptsTicks() {
    return frame.pts();
  }

  /**
   * Whether it has a presentation time: pictures that the decoder makes up from thin air may lack
   * one.
   */
  public boolean hasPts() {
    return frame.pts() != avutil.AV_NOPTS_VALUE;
  }

  /** Whether there is a picture in it. */
  public boolean isPresent() {
    return frame.width() > 0;
  }

  /** Keeps another's picture, which the other one still has. */
  public void share(DecodedPicture other) {
    avutil.av_frame_unref(frame);
    LibavException.check("av_frame_ref", avutil.av_frame_ref(frame, other.frame));
  }

  void clear() {
    avutil.av_frame_unref(frame);
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }
}
