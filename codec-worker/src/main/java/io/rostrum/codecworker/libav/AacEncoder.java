package io.rostrum.codecworker.libav;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.rostrum.contracts.codec.AudioOutput;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A fresh AAC-LC encoder. A frame out decodes to the time of the frame before the one that went in
 * with it less one: it needs the next frame for its window and one more to look ahead. For one
 * thread.
 */
public final class AacEncoder implements AutoCloseable {
  /** How far what the first packet decodes to lies before the first sample in: one frame. */
  public static final int PRIMING_SAMPLES = AudioOutput.SAMPLES_PER_FRAME;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final AVFrame frame;
  private final byte[] config;
  private long nextInput;
  private long nextOutput = -PRIMING_SAMPLES;

  /**
   * @throws LibavException if the encoder does not accept the output's settings
   */
  public AacEncoder(AudioOutput output) {
    AVCodec codec =
        LibavException.present("the encoder aac", avcodec.avcodec_find_encoder_by_name("aac"));
    context =
        LibavException.present("avcodec_alloc_context3", avcodec.avcodec_alloc_context3(codec));
    packet = avcodec.av_packet_alloc();
    frame = avutil.av_frame_alloc();
    try {
      LibavException.present("av_packet_alloc", packet);
      LibavException.present("av_frame_alloc", frame);
      avutil.av_channel_layout_default(context.ch_layout(), output.channels());
      context
          .sample_rate(output.sampleRate())
          .sample_fmt(avutil.AV_SAMPLE_FMT_FLTP)
          .bit_rate(output.bitrateKbps() * 1000L)
          .thread_count(1);
      context.time_base().num(1).den(output.sampleRate());
      context.flags(avcodec.AV_CODEC_FLAG_GLOBAL_HEADER | avcodec.AV_CODEC_FLAG_BITEXACT);
      LibavException.check(
          "avcodec_open2 (aac, " + output + ")",
          avcodec.avcodec_open2(context, codec, (AVDictionary) null));
      if (context.frame_size() != AudioOutput.SAMPLES_PER_FRAME
          || context.initial_padding() != PRIMING_SAMPLES) {
        throw new LibavException(
            "the encoder aac has frames of "
                + context.frame_size()
                + " samples and a delay of "
                + context.initial_padding());
      }
      config = new byte[context.extradata_size()];
      context.extradata().get(config);
      frame
          .nb_samples(AudioOutput.SAMPLES_PER_FRAME)
          .format(avutil.AV_SAMPLE_FMT_FLTP)
          .sample_rate(output.sampleRate());
      avutil.av_channel_layout_default(frame.ch_layout(), output.channels());
      LibavException.check("av_frame_get_buffer", avutil.av_frame_get_buffer(frame, 0));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Its AudioSpecificConfig, ISO/IEC 14496-3 §1.6.2.1. */
  public byte[] config() {
    return config.clone();
  }

  /**
   * Encodes the next {@link AudioOutput#SAMPLES_PER_FRAME} samples.
   *
   * @param planes one array per channel
   * @return the next access unit; null at the first call. The one that the second call returns
   *     decodes to the time {@link #PRIMING_SAMPLES} before the first sample
   */
  public byte[] encode(float[][] planes) {
    LibavException.check("av_frame_make_writable", avutil.av_frame_make_writable(frame));
    for (int i = 0; i < planes.length; i++) {
      new FloatPointer(frame.data(i)).put(planes[i], 0, AudioOutput.SAMPLES_PER_FRAME);
    }
    frame.pts(nextInput);
    nextInput += AudioOutput.SAMPLES_PER_FRAME;
    LibavException.check("avcodec_send_frame (aac)", avcodec.avcodec_send_frame(context, frame));
    int code = avcodec.avcodec_receive_packet(context, packet);
    if (code == AVERROR_EAGAIN()) {
      return null;
    }
    LibavException.check("avcodec_receive_packet (aac)", code);
    try {
      if (packet.pts() != nextOutput) {
        throw new LibavException(
            "the encoder aac gave the frame of " + packet.pts() + " for that of " + nextOutput);
      }
      nextOutput += AudioOutput.SAMPLES_PER_FRAME;
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      return bytes;
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
