package io.rostrum.codecworker.libav;

import io.rostrum.codecworker.h264.AnnexB;
import io.rostrum.codecworker.h264.ParameterSets;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerRequest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Source segments for tests: H.264 whose every picture carries its own number as a row of {@value
 * #BITS} black or white fields, over a moving gradient; and the way back, from encoded frames to
 * the numbers they show.
 */
public final class TestVideo {
  private static final int BITS = 10;
  private static final int BLACK = 30;
  private static final int WHITE = 220;

  private TestVideo() {}

  /** How to make a segment. */
  public record Spec(
      int width,
      int height,
      int sarNum,
      int sarDen,
      int timescale,
      long[] pts,
      int bFrames,
      int cutAt) {
    /** Without B-frames, square pixels, 90 kHz. */
    public static Spec of(int width, int height, long[] pts) {
      return new Spec(width, height, 1, 1, 90_000, pts, 0, Integer.MAX_VALUE);
    }

    /** The same with B-frames in a pyramid. */
    public Spec withBFrames(int count) {
      return new Spec(width, height, sarNum, sarDen, timescale, pts, count, cutAt);
    }

    /** The same with another sample aspect ratio. */
    public Spec withSar(int num, int den) {
      return new Spec(width, height, num, den, timescale, pts, bFrames, cutAt);
    }

    /** The same with another timescale. */
    public Spec withTimescale(int ticksPerSecond) {
      return new Spec(width, height, sarNum, sarDen, ticksPerSecond, pts, bFrames, cutAt);
    }

    /** The same with another scene from this picture on. */
    public Spec withCutAt(int number) {
      return new Spec(width, height, sarNum, sarDen, timescale, pts, bFrames, number);
    }
  }

  /** A segment as a publisher would send it. */
  public record Clip(VideoInput input, List<WorkerRequest.Sample> samples) {}

  /** Presentation times of frames at an exact rate, each rounded to the nearest tick. */
  public static long[] times(long start, int frames, int timescale, int rateNum, int rateDen) {
    long[] pts = new long[frames];
    for (int i = 0; i < frames; i++) {
      pts[i] = start + Math.round((double) i * timescale * rateDen / rateNum);
    }
    return pts;
  }

  /** What pictures show instead of their number. */
  public interface Scene {
    /** The brightness of a pixel in picture {@code number}, 0 to 255. */
    int luma(int x, int y, int number);
  }

  /** Encodes a segment: one IDR, then P (and B) frames; picture i shows number i. */
  public static Clip clip(Spec spec) {
    return clip(spec, (frame, number) -> draw(frame, number, number >= spec.cutAt()));
  }

  /** The same with pictures of a scene, in grey. */
  public static Clip clip(Spec spec, Scene scene) {
    return clip(spec, (frame, number) -> draw(frame, number, scene));
  }

  private static Clip clip(Spec spec, ObjIntConsumer<AVFrame> picture) {
    Libav.load();
    AVCodec codec = Libav.encoder();
    boolean x264 = codec.name().getString().equals(Libav.X264);
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVFrame frame = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      context.width(spec.width()).height(spec.height()).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
      context.time_base().num(1).den(30);
      context.framerate().num(30).den(1);
      context.sample_aspect_ratio().num(spec.sarNum()).den(spec.sarDen());
      context
          .gop_size(10_000)
          .max_b_frames(spec.bFrames())
          .thread_count(1)
          .flags(avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
      if (x264) {
        option(context, "preset", "veryfast");
        option(context, "crf", "20");
        option(
            context, "x264-params", "scenecut=0:b-adapt=0:b-pyramid=normal:ref=4:rc-lookahead=10");
      } else {
        context.bit_rate(2_000_000);
        option(context, "allow_skip_frames", "0");
      }
      LibavException.check("open", avcodec.avcodec_open2(context, codec, (AVDictionary) null));
      byte[] header = new byte[context.extradata_size()];
      context.extradata().get(header);
      VideoInput input =
          new VideoInput(
              VideoInput.H264,
              ParameterSets.ofGlobalHeader(header).toAvcC(),
              spec.width(),
              spec.height(),
              spec.timescale());

      frame.width(spec.width()).height(spec.height()).format(avutil.AV_PIX_FMT_YUV420P);
      LibavException.check("buffer", avutil.av_frame_get_buffer(frame, 0));
      List<WorkerRequest.Sample> samples = new ArrayList<>();
      for (int i = 0; i < spec.pts().length; i++) {
        LibavException.check("writable", avutil.av_frame_make_writable(frame));
        picture.accept(frame, i);
        frame.pts(i);
        LibavException.check("send", avcodec.avcodec_send_frame(context, frame));
        receive(context, packet, spec, samples);
      }
      avcodec.avcodec_send_frame(context, null);
      receive(context, packet, spec, samples);
      return new Clip(input, List.copyOf(samples));
    } finally {
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(context);
    }
  }

  private static void receive(
      AVCodecContext context, AVPacket packet, Spec spec, List<WorkerRequest.Sample> samples) {
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      long[] pts = spec.pts();
      // Decoding times do not matter to the worker; they only have to rise.
      samples.add(
          new WorkerRequest.Sample(
              pts[(int) packet.pts()],
              pts[0] - spec.timescale() + samples.size(),
              (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0,
              lengthPrefixed(bytes)));
      avcodec.av_packet_unref(packet);
    }
  }

  static byte[] lengthPrefixed(byte[] stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (AnnexB.Nal nal : AnnexB.split(stream)) {
      if (nal.type() != AnnexB.NAL_SPS && nal.type() != AnnexB.NAL_PPS) {
        byte[] bytes = nal.toBytes();
        out.writeBytes(
            new byte[] {
              (byte) (bytes.length >>> 24),
              (byte) (bytes.length >>> 16),
              (byte) (bytes.length >>> 8),
              (byte) bytes.length
            });
        out.writeBytes(bytes);
      }
    }
    return out.toByteArray();
  }

  static void draw(AVFrame frame, int number, boolean otherScene) {
    int width = frame.width();
    byte[] row = new byte[width];
    for (int y = 0; y < frame.height(); y++) {
      boolean code = y < frame.height() / 2;
      for (int x = 0; x < width; x++) {
        int bit = x * BITS / width;
        row[x] =
            (byte)
                (code
                    ? ((number >> bit & 1) == 1 ? WHITE : BLACK)
                    : shade(x, y, number, otherScene));
      }
      frame.data(0).position((long) y * frame.linesize(0)).put(row);
    }
    for (int plane = 1; plane < 3; plane++) {
      byte[] chroma = new byte[(width + 1) / 2];
      Arrays.fill(chroma, (byte) (plane == 1 == otherScene ? 140 : 110 + number % 30));
      for (int y = 0; y < (frame.height() + 1) / 2; y++) {
        frame.data(plane).position((long) y * frame.linesize(plane)).put(chroma);
      }
    }
  }

  private static void draw(AVFrame frame, int number, Scene scene) {
    byte[] row = new byte[frame.width()];
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = (byte) scene.luma(x, y, number);
      }
      frame.data(0).position((long) y * frame.linesize(0)).put(row);
    }
    byte[] grey = new byte[(frame.width() + 1) / 2];
    Arrays.fill(grey, (byte) 128);
    for (int plane = 1; plane < 3; plane++) {
      for (int y = 0; y < (frame.height() + 1) / 2; y++) {
        frame.data(plane).position((long) y * frame.linesize(plane)).put(grey);
      }
    }
  }

  private static int shade(int x, int y, int number, boolean otherScene) {
    return otherScene
        ? 235 - (x * y / 7 + number * 5) % 200
        : 40 + (x * 3 + y * 2 + number * 7) % 160;
  }

  /** Runs with libav's plain C routines; an encoder library finds out about the CPU for itself. */
  public static <T> T withoutCpuFeatures(Supplier<T> body) {
    avutil.av_force_cpu_flags(0);
    try {
      return body.get();
    } finally {
      avutil.av_force_cpu_flags(-1);
    }
  }

  /** What a decoded frame shows. */
  public record Shown(long ptsTicks, int number, int width, int height, byte[] luma) {
    /** A luma value. */
    public int at(int x, int y) {
      return luma[y * width + x] & 0xFF;
    }
  }

  /** Decodes length-prefixed frames with the given configuration and reads the number in each. */
  public static List<Shown> decode(
      byte[] avcC, int width, int height, List<WorkerRequest.Sample> samples) {
    return decode(avcC, width, height, samples, new Rect(0, 0, width, height));
  }

  /** The same where the picture covers a part of the canvas only. */
  public static List<Shown> decode(
      byte[] avcC, int width, int height, List<WorkerRequest.Sample> samples, Rect active) {
    List<Shown> shown = new ArrayList<>();
    VideoInput input = new VideoInput(VideoInput.H264, avcC, width, height, 90_000);
    try (VideoDecoder decoder = new VideoDecoder(input, width * height * 2)) {
      for (WorkerRequest.Sample sample : samples) {
        decoder.decode(sample, p -> shown.add(read(p, active)));
      }
      decoder.flush(p -> shown.add(read(p, active)));
    }
    return shown;
  }

  private static Shown read(DecodedPicture picture, Rect active) {
    AVFrame frame = picture.frame();
    byte[] luma = new byte[frame.width() * frame.height()];
    for (int y = 0; y < frame.height(); y++) {
      BytePointer row = frame.data(0).position((long) y * frame.linesize(0));
      row.get(luma, y * frame.width(), frame.width());
    }
    int number = 0;
    int y = active.y() + active.height() / 4;
    for (int bit = 0; bit < BITS; bit++) {
      int x = active.x() + (2 * bit + 1) * active.width() / (2 * BITS);
      number |= ((luma[y * frame.width() + x] & 0xFF) > (BLACK + WHITE) / 2 ? 1 : 0) << bit;
    }
    return new Shown(picture.ptsTicks(), number, frame.width(), frame.height(), luma);
  }

  private static void option(AVCodecContext context, String name, String value) {
    LibavException.check(name, avutil.av_opt_set(context.priv_data(), name, value, 0));
  }
}
