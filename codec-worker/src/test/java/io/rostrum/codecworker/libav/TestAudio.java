package io.rostrum.codecworker.libav;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.AudioOutput;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;

/** Publications' audio for tests, in every codec, and the way back from AAC frames to samples. */
public final class TestAudio {
  private TestAudio() {}

  /** A sound as a function of time in seconds; full scale is 1. */
  public interface Sound {
    double at(double seconds, int channel);
  }

  /**
   * Access units as a publisher would send them, timed so that what they decode to is heard when it
   * was made: each at its first sample less what the encoder adds in front.
   */
  public record Clip(AudioInput input, List<WorkerRequest.AudioSample> samples) {}

  /**
   * Something like speech: a voiced sound whose pitch moves, syllables, breath; never quite still.
   */
  public static Sound voice() {
    return (t, channel) -> {
      double syllable = Math.max(0, Math.sin(2 * Math.PI * 3.1 * t + channel * 0.2));
      double pitch = 140 * t + 6 * Math.sin(2 * Math.PI * 0.7 * t);
      double sum = 0;
      for (int k = 1; k <= 24; k++) {
        sum += Math.sin(2 * Math.PI * k * pitch) / (k * 0.8 + 1);
      }
      double breath = Math.sin(1e5 * t * (1 + 0.37 * Math.sin(777 * t)));
      return 0.22 * syllable * sum + 0.01 * breath;
    };
  }

  /** A tone that rises from 300 Hz to 8.3 kHz each second: no part of it fits elsewhere. */
  public static Sound sweep() {
    return (t, channel) -> {
      double u = t - Math.floor(t);
      return 0.4 * Math.sin(2 * Math.PI * (300 * u + 4000 * u * u));
    };
  }

  /** A steady tone: where it has a seam, everybody hears it. */
  public static Sound tone(double hertz) {
    return (t, channel) -> 0.5 * Math.sin(2 * Math.PI * hertz * t);
  }

  /**
   * Encodes {@code seconds} of a sound that starts at time {@code startSeconds}, a whole number.
   */
  public static Clip clip(
      String codecName, int rate, int channels, int startSeconds, double seconds, Sound sound) {
    Libav.load();
    String name =
        switch (codecName) {
          case AudioInput.OPUS -> "libopus";
          case AudioInput.MP3 -> "libmp3lame";
          default -> codecName;
        };
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
    assumeTrue(codec != null && !codec.isNull(), "this build of libavcodec has no " + name);
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVFrame frame = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      int format =
          switch (codecName) {
            case AudioInput.OPUS -> avutil.AV_SAMPLE_FMT_FLT;
            case AudioInput.FLAC -> avutil.AV_SAMPLE_FMT_S32;
            default -> avutil.AV_SAMPLE_FMT_FLTP;
          };
      avutil.av_channel_layout_default(context.ch_layout(), channels);
      context.sample_rate(rate).sample_fmt(format).thread_count(1);
      if (!codecName.equals(AudioInput.FLAC)) {
        context.bit_rate(channels > 2 ? 448_000 : 160_000);
      }
      context.time_base().num(1).den(rate);
      context.flags(avcodec.AV_CODEC_FLAG_GLOBAL_HEADER | avcodec.AV_CODEC_FLAG_BITEXACT);
      LibavException.check("open", avcodec.avcodec_open2(context, codec, (AVDictionary) null));
      int size = context.frame_size();
      frame.nb_samples(size).format(format).sample_rate(rate);
      avutil.av_channel_layout_default(frame.ch_layout(), channels);
      LibavException.check("buffer", avutil.av_frame_get_buffer(frame, 0));
      byte[] config = new byte[context.extradata_size()];
      if (config.length > 0) {
        context.extradata().get(config);
      }
      long start = (long) startSeconds * rate;
      List<WorkerRequest.AudioSample> samples = new ArrayList<>();
      for (long at = 0; at < seconds * rate; at += size) {
        LibavException.check("writable", avutil.av_frame_make_writable(frame));
        fill(frame, start + at, rate, channels, sound);
        frame.pts(at);
        LibavException.check("send", avcodec.avcodec_send_frame(context, frame));
        receive(context, packet, start, samples);
      }
      avcodec.avcodec_send_frame(context, null);
      receive(context, packet, start, samples);
      return new Clip(new AudioInput(codecName, config, rate, channels, rate), samples);
    } finally {
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(context);
    }
  }

  private static void receive(
      AVCodecContext context,
      AVPacket packet,
      long start,
      List<WorkerRequest.AudioSample> samples) {
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      if (packet.size() > 0) { // FLAC's last packet has side data alone
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        samples.add(new WorkerRequest.AudioSample(start + packet.pts(), bytes));
      }
      avcodec.av_packet_unref(packet);
    }
  }

  private static void fill(AVFrame frame, long first, int rate, int channels, Sound sound) {
    int size = frame.nb_samples();
    boolean planar = frame.format() == avutil.AV_SAMPLE_FMT_FLTP;
    boolean floats = planar || frame.format() == avutil.AV_SAMPLE_FMT_FLT;
    float[] floatPlane = new float[planar ? size : size * channels];
    int[] intPlane = new int[size * channels];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < size; i++) {
        double value = sound.at((double) (first + i) / rate, channel);
        int at = planar ? i : i * channels + channel;
        if (floats) {
          floatPlane[at] = (float) value;
        } else {
          intPlane[at] = (int) (value * 0x7FFFFF) << 8;
        }
      }
      if (planar) {
        new FloatPointer(frame.extended_data(channel)).put(floatPlane, 0, size);
      }
    }
    if (!planar && floats) {
      new FloatPointer(frame.extended_data(0)).put(floatPlane, 0, floatPlane.length);
    } else if (!floats) {
      new IntPointer(frame.extended_data(0)).put(intPlane, 0, intPlane.length);
    }
  }

  /** Decodes AAC frames that follow each other, as a player does. One array per channel. */
  public static float[][] decode(byte[] config, AudioOutput output, List<byte[]> units) {
    AudioInput input =
        new AudioInput(
            AudioInput.AAC, config, output.sampleRate(), output.channels(), output.sampleRate());
    float[][] all = new float[output.channels()][units.size() * AudioOutput.SAMPLES_PER_FRAME];
    int[] at = {0};
    try (AudioDecoder decoder = new AudioDecoder(input, output.channels())) {
      for (byte[] unit : units) {
        decoder.decode(
            new WorkerRequest.AudioSample(at[0], unit),
            pcm -> {
              for (int i = 0; i < all.length; i++) {
                System.arraycopy(pcm.planes()[i], 0, all[i], at[0], pcm.samples());
              }
              at[0] += pcm.samples();
            });
      }
    }
    return all;
  }
}
