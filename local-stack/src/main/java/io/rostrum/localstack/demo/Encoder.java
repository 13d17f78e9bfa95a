package io.rostrum.localstack.demo;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** An H.264 or AAC encoder with the one frame and the one packet that it reuses. For one thread. */
final class Encoder implements AutoCloseable {

  private static final long VIDEO_BITS_PER_SECOND = 1_800_000;
  private static final long AUDIO_BITS_PER_SECOND = 128_000;
  private static final int GOP_SECONDS = 2;

  private final AVCodecContext context;
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();

  private Encoder(AVCodecContext context) {
    this.context = context;
  }

  /** Where finished packets go; the packet is reused afterwards. */
  @FunctionalInterface
  interface PacketSink {
    void accept(AVPacket packet, Encoder from) throws LibavException;
  }

  static Encoder video(int width, int height, int framesPerSecond) throws LibavException {
    AVCodec x264 = avcodec_find_encoder_by_name("libx264");
    // The LGPL build of codec-worker has this one only.
    AVCodec codec = x264 == null ? avcodec_find_encoder_by_name("libopenh264") : x264;
    AVCodecContext context = avcodec_alloc_context3(codec);
    Encoder encoder = new Encoder(context);
    context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P);
    try (AVRational timeBase = rational(1, framesPerSecond);
        AVRational rate = rational(framesPerSecond, 1)) {
      context.time_base(timeBase).framerate(rate);
    }
    context.color_range(AVCOL_RANGE_MPEG).colorspace(AVCOL_SPC_BT709);
    context.color_primaries(AVCOL_PRI_BT709).color_trc(AVCOL_TRC_BT709);
    context.gop_size(GOP_SECONDS * framesPerSecond).max_b_frames(0).thread_count(1);
    context.bit_rate(VIDEO_BITS_PER_SECOND);
    context.rc_max_rate(VIDEO_BITS_PER_SECOND).rc_buffer_size((int) VIDEO_BITS_PER_SECOND);
    encoder.open(
        codec,
        x264 == null
            ? Map.of()
            : Map.of("preset", "superfast", "tune", "zerolatency", "x264-params", "scenecut=0"));
    encoder.frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
    LibavException.check("video frame", av_frame_get_buffer(encoder.frame, 0));
    return encoder;
  }

  static Encoder audio() throws LibavException {
    AVCodec codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    AVCodecContext context = avcodec_alloc_context3(codec);
    Encoder encoder = new Encoder(context);
    context.sample_rate(Tone.SAMPLE_RATE).sample_fmt(AV_SAMPLE_FMT_FLTP);
    av_channel_layout_default(context.ch_layout(), 2);
    context.bit_rate(AUDIO_BITS_PER_SECOND);
    try (AVRational timeBase = rational(1, Tone.SAMPLE_RATE)) {
      context.time_base(timeBase);
    }
    encoder.open(codec, Map.of());
    encoder.frame.format(AV_SAMPLE_FMT_FLTP).nb_samples(context.frame_size());
    encoder.frame.sample_rate(Tone.SAMPLE_RATE);
    av_channel_layout_default(encoder.frame.ch_layout(), 2);
    LibavException.check("audio frame", av_frame_get_buffer(encoder.frame, 0));
    return encoder;
  }

  AVCodecContext context() {
    return context;
  }

  /** How many samples an audio frame has. */
  int frameSamples() {
    return context.frame_size();
  }

  /**
   * Encodes a picture.
   *
   * @param frameNumber its time, in frames
   */
  void encode(Canvas picture, long frameNumber, PacketSink sink) throws LibavException {
    LibavException.check("video frame", av_frame_make_writable(frame));
    plane(0, picture.y(), picture.width());
    plane(1, picture.u(), picture.width() / 2);
    plane(2, picture.v(), picture.width() / 2);
    frame.pts(frameNumber);
    encode(frame, sink);
  }

  /**
   * Encodes sound, the same on both channels.
   *
   * @param firstSample its time, in samples
   */
  void encode(float[] samples, long firstSample, PacketSink sink) throws LibavException {
    LibavException.check("audio frame", av_frame_make_writable(frame));
    for (int channel = 0; channel < 2; channel++) {
      try (FloatPointer data = new FloatPointer(frame.data(channel))) {
        data.put(samples);
      }
    }
    frame.pts(firstSample);
    encode(frame, sink);
  }

  private void encode(AVFrame input, PacketSink sink) throws LibavException {
    LibavException.check("encode", avcodec_send_frame(context, input));
    while (true) {
      int result = avcodec_receive_packet(context, packet);
      if (result == AVERROR_EAGAIN() || result == AVERROR_EOF()) {
        return;
      }
      LibavException.check("encode", result);
      sink.accept(packet, this);
    }
  }

  private void plane(int index, byte[] samples, int width) {
    int lineBytes = frame.linesize(index);
    try (BytePointer data = new BytePointer(frame.data(index))) {
      for (int row = 0; row * width < samples.length; row++) {
        data.position((long) row * lineBytes).put(samples, row * width, width);
      }
      data.position(0);
    }
  }

  private void open(AVCodec codec, Map<String, String> options) throws LibavException {
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    AVDictionary dictionary = new AVDictionary((Pointer) null);
    options.forEach((name, value) -> av_dict_set(dictionary, name, value, 0));
    int result = avcodec_open2(context, codec, dictionary);
    av_dict_free(dictionary);
    LibavException.check("open encoder", result);
  }

  private static AVRational rational(int numerator, int denominator) {
    return new AVRational().num(numerator).den(denominator);
  }

  @Override
  public void close() {
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
  }
}
