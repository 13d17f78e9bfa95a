package io.rostrum.codecworker.libav;

import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Changes the sample rate of a continuous run of sound. Its first sample out is at the time of its
 * first sample in. For one thread.
 */
public final class RateConverter implements AutoCloseable {
  private static final int SPARE_SAMPLES = 256;

  private final int channels;
  private final int inputRate;
  private final int outputRate;
  private final SwrContext context;

  /**
   * @param channels 1 or 2
   * @param inputRate samples per second
   * @param outputRate samples per second
   */
  public RateConverter(int channels, int inputRate, int outputRate) {
    this.channels = channels;
    this.inputRate = inputRate;
    this.outputRate = outputRate;
    try (AVChannelLayout layout = new AVChannelLayout()) {
      avutil.av_channel_layout_default(layout, channels);
      context =
          ChannelMixer.allocate(layout, outputRate, layout, avutil.AV_SAMPLE_FMT_FLTP, inputRate);
    }
    try {
      // Only then does the distance between two samples out never drift.
      LibavException.check(
          "exact_rational", avutil.av_opt_set_int(context, "exact_rational", 1, 0));
      LibavException.check("swr_init", swresample.swr_init(context));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Converts the next samples.
   *
   * @param planes one array per channel
   * @return as many samples as are certain by now; the filter holds a few back
   */
  public float[][] convert(float[][] planes) {
    return run(planes, planes[0].length);
  }

  /** The last samples, once nothing follows. */
  public float[][] flush() {
    return run(null, 0);
  }

  private float[][] run(float[][] planes, int count) {
    int room = (int) ((long) count * outputRate / inputRate) + SPARE_SAMPLES;
    FloatPointer[] in = new FloatPointer[channels];
    FloatPointer[] out = new FloatPointer[channels];
    try (PointerPointer<Pointer> sources = new PointerPointer<>(channels);
        PointerPointer<Pointer> targets = new PointerPointer<>(channels)) {
      for (int i = 0; i < channels; i++) {
        out[i] = new FloatPointer((long) room);
        targets.put(i, out[i]);
        if (planes != null) {
          in[i] = new FloatPointer(planes[i]);
          sources.put(i, in[i]);
        }
      }
      int made =
          LibavException.check(
              "swr_convert (rate)",
              swresample.swr_convert(
                  context, targets, room, planes == null ? null : sources, count));
      float[][] result = new float[channels][made];
      for (int i = 0; i < channels; i++) {
        out[i].get(result[i]);
      }
      return result;
    } finally {
      free(in);
      free(out);
    }
  }

  private static void free(FloatPointer[] planes) {
    for (FloatPointer plane : planes) {
      if (plane != null) {
        plane.close();
      }
    }
  }

  @Override
  public void close() {
    swresample.swr_free(context);
  }
}
