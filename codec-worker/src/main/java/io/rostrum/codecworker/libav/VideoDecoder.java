package io.rostrum.codecworker.libav;

import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.rostrum.codecworker.h264.SpsReorder;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerRequest;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A fresh decoder of H.264, HEVC, AV1, VP8 or VP9. One thread, so that what it makes of broken
 * input is the same every time, and with as much look-ahead as the stream's reordering needs and no
 * more. For one thread at a time.
 */
public final class VideoDecoder implements AutoCloseable {
  private final AVCodecContext context;
  private final AVPacket packet;
  private final DecodedPicture picture;
  private final Av1Frames av1;
  private int rejectedSamples;

  /**
   * @param input codec and configuration record
   * @param maxPixels the largest picture it may decode
   * @throws LibavException if the codec or its configuration is not accepted
   */
  public VideoDecoder(VideoInput input, int maxPixels) {
    AVCodec codec = Libav.videoDecoder(input.codec());
    picture = new DecodedPicture();
    av1 =
        VideoInput.AV1.equals(input.codec())
            ? new Av1Frames(input.decoderConfig(), maxPixels)
            : null;
    context =
        LibavException.present("avcodec_alloc_context3", avcodec.avcodec_alloc_context3(codec));
    packet = avcodec.av_packet_alloc();
    try {
      LibavException.present("av_packet_alloc", packet);
      configure(input, maxPixels);
      LibavException.check(
          "avcodec_open2 (decoder of " + input.codec() + ")",
          avcodec.avcodec_open2(context, codec, (AVDictionary) null));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void configure(VideoInput input, int maxPixels) {
    byte[] config = input.decoderConfig();
    if (config.length > 0) {
      context.extradata(Libav.padded(config)).extradata_size(config.length);
    }
    context.thread_count(1).max_pixels(maxPixels);
    context.pkt_timebase().num(1).den(input.timescale());
    if (VideoInput.H264.equals(input.codec()) && !cannotReorder(config)) {
      // Strict: where the VUI is silent, has_b_frames comes from the level's picture buffer, and no
      // frame is ever lost.
      context.strict_std_compliance(avcodec.FF_COMPLIANCE_STRICT);
    }
  }

  private static boolean cannotReorder(byte[] avcC) {
    try {
      return SpsReorder.ofAvcC(avcC).cannotReorder();
    } catch (IllegalArgumentException unreadable) {
      // The decoder will judge it; until then, expect the worst.
      return false;
    }
  }

  /**
   * Decodes one access unit. What libavcodec conceals is concealed; what it refuses is counted and
   * skipped, as are samples without bytes.
   *
   * @param frames gets each picture that is ready, in presentation order; the picture is valid
   *     during the call
   */
  public void decode(WorkerRequest.Sample sample, Consumer<DecodedPicture> frames) {
    byte[] data = av1 == null ? sample.data() : av1.whole(sample.data());
    if (data.length == 0) {
      rejectedSamples++;
      return;
    }
    LibavException.check("av_new_packet", avcodec.av_new_packet(packet, data.length));
    try {
      packet.data().put(data);
      packet.pts(sample.ptsTicks()).dts(sample.dtsTicks());
      packet.flags(sample.sync() ? avcodec.AV_PKT_FLAG_KEY : 0);
      int code = avcodec.avcodec_send_packet(context, packet);
      if (code < 0) {
        rejected("avcodec_send_packet", code);
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
    drain(frames);
  }

  /** Gets the pictures that were held back for reordering. Nothing can be decoded after it. */
  public void flush(Consumer<DecodedPicture> frames) {
    int code = avcodec.avcodec_send_packet(context, null);
    if (code < 0) {
      rejected("avcodec_send_packet (flush)", code);
    }
    drain(frames);
  }

  /** Samples that libavcodec refused so far. */
  public int rejectedSamples() {
    return rejectedSamples;
  }

  private void drain(Consumer<DecodedPicture> frames) {
    while (true) {
      int code = avcodec.avcodec_receive_frame(context, picture.frame());
      if (code == AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
        return;
      }
      if (code < 0) {
        rejected("avcodec_receive_frame", code);
        return;
      }
      try {
        frames.accept(picture);
      } finally {
        picture.clear();
      }
    }
  }

  private void rejected(String operation, int code) {
    // The HEVC decoder says this of pictures over max_pixels as well.
    boolean overLimit =
        (long) context.coded_width() * context.coded_height() > context.max_pixels();
    if (code == -OUT_OF_MEMORY_ERRNO && !overLimit) {
      throw new LibavException(operation, code);
    }
    rejectedSamples++;
  }

  /** ENOMEM, the same number on Linux and macOS. */
  private static final int OUT_OF_MEMORY_ERRNO = 12;

  @Override
  public void close() {
    // Each of these takes null. The context frees its extradata.
    picture.close();
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
