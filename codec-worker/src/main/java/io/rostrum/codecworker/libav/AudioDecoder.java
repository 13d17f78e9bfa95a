package io.rostrum.codecworker.libav;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.WorkerProtocol;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * A fresh decoder of a publication's audio, mixed to the output's channels. What it refuses is
 * counted and leaves a hole. For one thread.
 */
public final class AudioDecoder implements AutoCloseable {
  /** The longest frame of any codec here is FLAC's, RFC 9639 §4.2.1. */
  private static final int MAX_FRAME_SAMPLES = 65_536;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final AVFrame frame;
  private final ChannelMixer mixer;
  private int rejectedSamples;

  /**
   * @param input codec and configuration
   * @param channels the output's: 1 or 2
   * @throws LibavException if the codec or its configuration is not accepted
   */
  public AudioDecoder(AudioInput input, int channels) {
    AVCodec codec = Libav.audioDecoder(input.codec());
    mixer = new ChannelMixer(channels);
    context =
        LibavException.present("avcodec_alloc_context3", avcodec.avcodec_alloc_context3(codec));
    packet = avcodec.av_packet_alloc();
    frame = avutil.av_frame_alloc();
    try {
      LibavException.present("av_packet_alloc", packet);
      LibavException.present("av_frame_alloc", frame);
      byte[] config = input.decoderConfig();
      if (config.length > 0) {
        context.extradata(Libav.padded(config)).extradata_size(config.length);
      }
      context.thread_count(1).sample_rate(input.sampleRate());
      avutil.av_channel_layout_default(context.ch_layout(), input.channels());
      context.pkt_timebase().num(1).den(input.timescale());
      // Whether priming is cut off is the sender's business: times are what the samples say.
      context.flags2(avcodec.AV_CODEC_FLAG2_SKIP_MANUAL);
      context.flags(avcodec.AV_CODEC_FLAG_BITEXACT);
      LibavException.check(
          "avcodec_open2 (decoder of " + input.codec() + ")",
          avcodec.avcodec_open2(context, codec, (AVDictionary) null));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Decodes one access unit.
   *
   * @param sink gets what comes of it
   */
  public void decode(WorkerRequest.AudioSample sample, Consumer<Pcm> sink) {
    LibavException.check("av_new_packet", avcodec.av_new_packet(packet, sample.data().length));
    try {
      new BytePointer(packet.data()).put(sample.data());
      packet.pts(sample.ptsTicks()).dts(sample.ptsTicks());
      if (avcodec.avcodec_send_packet(context, packet) < 0) {
        rejectedSamples++;
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
    while (true) {
      int code = avcodec.avcodec_receive_frame(context, frame);
      if (code == AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
        return;
      }
      if (code < 0) {
        rejectedSamples++;
        return;
      }
      try {
        take(sample.ptsTicks(), sink);
      } finally {
        avutil.av_frame_unref(frame);
      }
    }
  }

  private void take(long samplePtsTicks, Consumer<Pcm> sink) {
    int channels = frame.ch_layout().nb_channels();
    int rate = frame.sample_rate();
    int samples = frame.nb_samples();
    if (channels < 1
        || channels > WorkerProtocol.MAX_INPUT_CHANNELS
        || rate < 1
        || rate > WorkerProtocol.MAX_SAMPLE_RATE
        || samples < 1
        || samples > MAX_FRAME_SAMPLES) {
      rejectedSamples++;
      return;
    }
    long pts = frame.pts() == avutil.AV_NOPTS_VALUE ? samplePtsTicks : frame.pts();
    sink.accept(new Pcm(pts, rate, mixer.mix(frame)));
  }

  /** Samples that libavcodec refused so far. */
  public int rejectedSamples() {
    return rejectedSamples;
  }

  @Override
  public void close() {
    mixer.close();
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
