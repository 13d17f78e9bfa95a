package io.rostrum.codecworker.libav;

import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Brings decoded sound of any sample format and channel layout to planes of floats, one per output
 * channel, at the rate it has. Keeps no sample from one call to the next. For one thread.
 */
final class ChannelMixer implements AutoCloseable {
  private final int channels;
  private SwrContext context;
  private Shape shape;

  /** What a context was made for: layout is its native mask, 0 for one that names no channels. */
  private record Shape(int format, int rate, int channels, int order, long mask) {}

  /**
   * @param channels the output's: 1 or 2
   */
  ChannelMixer(int channels) {
    this.channels = channels;
  }

  float[][] mix(AVFrame frame) {
    int samples = frame.nb_samples();
    prepare(frame);
    float[][] planes = new float[channels][samples];
    FloatPointer[] out = new FloatPointer[channels];
    try (PointerPointer<Pointer> targets = new PointerPointer<>(channels)) {
      for (int i = 0; i < channels; i++) {
        out[i] = new FloatPointer((long) samples);
        targets.put(i, out[i]);
      }
      PointerPointer<BytePointer> sources = frame.extended_data();
      int made =
          LibavException.check(
              "swr_convert (channels)",
              swresample.swr_convert(context, targets, samples, sources, samples));
      if (made != samples) {
        throw new LibavException("mixing made " + made + " samples of " + samples);
      }
      for (int i = 0; i < channels; i++) {
        out[i].get(planes[i]);
      }
    } finally {
      for (FloatPointer plane : out) {
        if (plane != null) {
          plane.close();
        }
      }
    }
    return planes;
  }

  private void prepare(AVFrame frame) {
    AVChannelLayout layout = frame.ch_layout();
    boolean named = layout.order() == avutil.AV_CHANNEL_ORDER_NATIVE;
    Shape wanted =
        new Shape(
            frame.format(),
            frame.sample_rate(),
            layout.nb_channels(),
            layout.order(),
            named ? layout.u_mask() : 0);
    if (wanted.equals(shape)) {
      return;
    }
    close();
    try (AVChannelLayout from = new AVChannelLayout();
        AVChannelLayout to = new AVChannelLayout()) {
      if (named) {
        LibavException.check("layout", avutil.av_channel_layout_copy(from, layout));
      } else {
        avutil.av_channel_layout_default(from, layout.nb_channels());
      }
      avutil.av_channel_layout_default(to, channels);
      context = allocate(to, wanted.rate, from, wanted.format, wanted.rate);
      // Louder than full scale otherwise: the sum of all that is mixed into a channel.
      LibavException.check(
          "rematrix_maxval", avutil.av_opt_set_double(context, "rematrix_maxval", 1, 0));
      LibavException.check("swr_init " + wanted, swresample.swr_init(context));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    shape = wanted;
  }

  /** A context from some format to planes of floats; not yet initialized. */
  static SwrContext allocate(
      AVChannelLayout to, int toRate, AVChannelLayout from, int format, int rate) {
    SwrContext made = new SwrContext((Pointer) null);
    LibavException.check(
        "swr_alloc_set_opts2",
        swresample.swr_alloc_set_opts2(
            made, to, avutil.AV_SAMPLE_FMT_FLTP, toRate, from, format, rate, 0, null));
    return LibavException.present("swr_alloc_set_opts2", made);
  }

  @Override
  public void close() {
    if (context != null) {
      swresample.swr_free(context);
      context = null;
      shape = null;
    }
  }
}
