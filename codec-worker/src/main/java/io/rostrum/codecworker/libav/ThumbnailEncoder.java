package io.rostrum.codecworker.libav;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Makes small JPEGs of a rung's canvas, in the colours that JFIF has: BT.601, full range. For one
 * thread.
 */
public final class ThumbnailEncoder implements AutoCloseable {
  private static final int FLAGS =
      swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND | swscale.SWS_BITEXACT;
  private static final int UNITY = 1 << 16;

  /** Of 2 to 31, less is better: some 4 kB for 160 pixels. */
  private static final int QUANTIZER = 5;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final AVFrame frame;
  private SwsContext scaler;

  /**
   * @param canvasWidth the rung's, in pixels
   * @param canvasHeight the rung's, in pixels
   * @param width of the thumbnail, even; its height keeps the shape
   */
  public ThumbnailEncoder(int canvasWidth, int canvasHeight, int width) {
    int height = Math.max(2, 2 * Math.round(width * canvasHeight / (2f * canvasWidth)));
    AVCodec codec =
        LibavException.present(
            "the encoder mjpeg", avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MJPEG));
    context =
        LibavException.present("avcodec_alloc_context3", avcodec.avcodec_alloc_context3(codec));
    packet = avcodec.av_packet_alloc();
    frame = avutil.av_frame_alloc();
    try {
      LibavException.present("av_packet_alloc", packet);
      LibavException.present("av_frame_alloc", frame);
      context.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_YUVJ420P);
      context.color_range(avutil.AVCOL_RANGE_JPEG).thread_count(1);
      context.time_base().num(1).den(1);
      context.flags(avcodec.AV_CODEC_FLAG_QSCALE | avcodec.AV_CODEC_FLAG_BITEXACT);
      context.global_quality(QUANTIZER * avutil.FF_QP2LAMBDA);
      // The same tables in every picture, so that their coded data can be put into one.
      LibavException.check(
          "huffman", avutil.av_opt_set(context.priv_data(), "huffman", "default", 0));
      LibavException.check(
          "avcodec_open2 (mjpeg)", avcodec.avcodec_open2(context, codec, (AVDictionary) null));
      frame.width(width).height(height).format(avutil.AV_PIX_FMT_YUVJ420P);
      frame.color_range(avutil.AVCOL_RANGE_JPEG).quality(context.global_quality());
      LibavException.check("av_frame_get_buffer", avutil.av_frame_get_buffer(frame, 0));
      scaler =
          LibavException.present(
              "sws_getContext (thumbnail)",
              swscale.sws_getContext(
                  canvasWidth,
                  canvasHeight,
                  avutil.AV_PIX_FMT_YUV420P,
                  width,
                  height,
                  avutil.AV_PIX_FMT_YUVJ420P,
                  FLAGS,
                  (SwsFilter) null,
                  (SwsFilter) null,
                  (DoublePointer) null));
      swscale.sws_setColorspaceDetails(
          scaler,
          swscale.sws_getCoefficients(swscale.SWS_CS_ITU709),
          0,
          swscale.sws_getCoefficients(swscale.SWS_CS_ITU601),
          1,
          0,
          UNITY,
          UNITY);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The canvas as a JPEG; a function of its pixels alone. */
  public byte[] encode(Picture canvas) {
    AVFrame source = canvas.frame();
    LibavException.check("av_frame_make_writable", avutil.av_frame_make_writable(frame));
    int rows =
        swscale.sws_scale(
            scaler,
            source.data(),
            source.linesize(),
            0,
            source.height(),
            frame.data(),
            frame.linesize());
    if (rows != frame.height()) {
      throw new LibavException("sws_scale made " + rows + " rows of a thumbnail");
    }
    frame.pts(frame.pts() == avutil.AV_NOPTS_VALUE ? 0 : frame.pts() + 1);
    LibavException.check("avcodec_send_frame (mjpeg)", avcodec.avcodec_send_frame(context, frame));
    LibavException.check(
        "avcodec_receive_packet (mjpeg)", avcodec.avcodec_receive_packet(context, packet));
    try {
      byte[] jpeg = new byte[packet.size()];
      packet.data().get(jpeg);
      return jpeg;
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  /**
   * How much the last picture's brightness varies: the variance of its luma, of 0 to 255. Black, a
   * fade or an empty wall has less than a hundred, most pictures have thousands.
   */
  public long variance() {
    BytePointer luma = frame.data(0);
    byte[] row = new byte[frame.width()];
    long sum = 0;
    long squares = 0;
    for (int y = 0; y < frame.height(); y++) {
      luma.position((long) y * frame.linesize(0)).get(row);
      for (byte sample : row) {
        int value = sample & 0xFF;
        sum += value;
        squares += (long) value * value;
      }
    }
    long count = (long) frame.width() * frame.height();
    return (squares - sum * sum / count) / count;
  }

  @Override
  public void close() {
    if (scaler != null) {
      swscale.sws_freeContext(scaler);
      scaler = null;
    }
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
