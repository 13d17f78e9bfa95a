package io.rostrum.codecworker.audio;

import io.rostrum.codecworker.libav.Pcm;
import io.rostrum.codecworker.libav.RateConverter;
import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.AudioOutput;
import java.math.BigInteger;

/**
 * Lays decoded sound on the line of time, at the output's sample rate. Where a sample lies follows
 * from its time alone, never from where decoding started: so the sound of two segments, each
 * decoded by itself, meets without a step. For that the rate converter starts at times at which a
 * sample in and a sample out coincide.
 *
 * <p>Times that are off by less than {@link #TOLERANCE_PER_SECOND} are a matter of rounding and
 * keep the sound whole. A hole becomes silence with its edges rounded off, for a step clicks.
 */
final class SoundLine implements AutoCloseable {
  /** Timestamps are trusted to this, in fractions of a second: RTMP's are whole milliseconds. */
  private static final int TOLERANCE_PER_SECOND = 500;

  /** Length of a rounded edge, in fractions of a second. */
  private static final int EDGE_PER_SECOND = 200;

  private final int timescale;
  private final int outputRate;
  private final int channels;
  private final FrameCutter cutter;

  private int rate;
  private RateConverter converter;

  /** The next sample in, counted at the input's rate from time 0. */
  private long nextIn;

  /** The next sample out of the converter, counted at the output's rate from time 0. */
  private long nextOut;

  private float[][] lastEdge;

  SoundLine(AudioInput input, AudioOutput output, FrameCutter cutter) {
    this.timescale = input.timescale();
    this.outputRate = output.sampleRate();
    this.channels = output.channels();
    this.cutter = cutter;
  }

  void add(Pcm pcm) {
    long at = rescale(pcm.ptsTicks(), pcm.sampleRate(), timescale);
    float[][] planes = pcm.planes();
    if (pcm.sampleRate() != rate) {
      restart(pcm.sampleRate(), at);
      planes = fadedIn(planes);
    }
    long off = at - nextIn;
    if (Math.abs(off) > rate / TOLERANCE_PER_SECOND) {
      if (off > 0) {
        feed(concealment((int) Math.min(off, rate / EDGE_PER_SECOND)));
        silence(at);
        planes = fadedIn(planes);
      } else {
        planes = from(planes, (int) Math.min(-off, pcm.samples()));
      }
    }
    if (planes[0].length > 0) {
      feed(planes);
      lastEdge = from(planes, Math.max(0, planes[0].length - rate / EDGE_PER_SECOND));
    }
  }

  /**
   * Nothing more comes before {@code ticks}, in the input's timescale: what is missing up to there
   * is silence.
   */
  void silenceTo(long ticks) {
    if (rate == 0) {
      cutter.silenceTo(rescale(ticks, outputRate, timescale));
      return;
    }
    long at = rescale(ticks, rate, timescale);
    if (at - nextIn > rate / TOLERANCE_PER_SECOND) {
      feed(concealment((int) Math.min(at - nextIn, rate / EDGE_PER_SECOND)));
      silence(at);
    }
  }

  /** The last samples, once nothing follows. */
  void end() {
    if (converter != null) {
      feed(concealment(rate / EDGE_PER_SECOND));
      cutter.add(nextOut, converter.flush());
    }
  }

  private void restart(int newRate, long at) {
    if (rate != 0) {
      end();
    }
    close();
    rate = newRate;
    long common = BigInteger.valueOf(rate).gcd(BigInteger.valueOf(outputRate)).longValueExact();
    long block = Math.floorDiv(at, rate / common);
    nextIn = block * (rate / common);
    nextOut = block * (outputRate / common);
    lastEdge = null;
    converter = rate == outputRate ? null : new RateConverter(channels, rate, outputRate);
    silence(at);
  }

  private void silence(long to) {
    while (nextIn < to) {
      feed(new float[channels][(int) Math.min(to - nextIn, rate)]);
    }
    lastEdge = null;
  }

  private void feed(float[][] planes) {
    if (planes[0].length == 0) {
      return;
    }
    nextIn += planes[0].length;
    float[][] out = converter == null ? planes : converter.convert(planes);
    cutter.add(nextOut, out);
    nextOut += out[0].length;
  }

  /** The last sound once more, backwards and fading out. */
  private float[][] concealment(int length) {
    if (lastEdge == null) {
      return new float[channels][0];
    }
    int count = Math.min(length, lastEdge[0].length);
    float[][] edge = new float[channels][count];
    for (int i = 0; i < channels; i++) {
      for (int k = 0; k < count; k++) {
        edge[i][k] = lastEdge[i][lastEdge[i].length - 1 - k] * (count - k) / (count + 1);
      }
    }
    return edge;
  }

  private float[][] fadedIn(float[][] planes) {
    int count = Math.min(planes[0].length, rate / EDGE_PER_SECOND);
    for (float[] plane : planes) {
      for (int k = 0; k < count; k++) {
        plane[k] *= (k + 1f) / (count + 1);
      }
    }
    return planes;
  }

  private static float[][] from(float[][] planes, int first) {
    float[][] rest = new float[planes.length][];
    for (int i = 0; i < planes.length; i++) {
      rest[i] = java.util.Arrays.copyOfRange(planes[i], first, planes[i].length);
    }
    return rest;
  }

  /** Rounded to the nearest; exact for any time that the protocol carries. */
  static long rescale(long ticks, int to, int from) {
    long seconds = Math.floorDiv(ticks, from);
    long rest = Math.floorMod(ticks, (long) from);
    return seconds * to + (2 * rest * to + from) / (2L * from);
  }

  @Override
  public void close() {
    if (converter != null) {
      converter.close();
      converter = null;
    }
  }
}
