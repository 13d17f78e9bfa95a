package io.rostrum.codecworker.libav;

import io.rostrum.codecworker.h264.ParameterSets;
import io.rostrum.contracts.codec.Rung;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * A fresh H.264 encoder of one rung, for one segment. It holds no frame back, makes an IDR at slot
 * 0 and at every keyframe interval and nowhere else, and gives the same bytes for the same
 * pictures: one thread, closed GOPs, no B-frames, no scene cuts. For one thread at a time.
 */
public final class VideoEncoder implements AutoCloseable {
  /**
   * How full the VBV is when a segment starts. At the usual 0.9 every segment would spend a whole
   * buffer anew, 12 to 19 % over the bitrate; within 0.3 to 0.5 the average is that of one
   * continuous encode.
   */
  private static final double INITIAL_VBV_OCCUPANCY = 0.4;

  private final Rung rung;
  private final AVCodecContext context;
  private final AVPacket packet;
  private final ParameterSets parameterSets;

  /**
   * @throws LibavException if the encoder does not accept the rung's settings
   */
  public VideoEncoder(Rung rung) {
    this.rung = rung;
    AVCodec codec = Libav.encoder();
    String name = codec.name().getString();
    context =
        LibavException.present("avcodec_alloc_context3", avcodec.avcodec_alloc_context3(codec));
    packet = avcodec.av_packet_alloc();
    try {
      LibavException.present("av_packet_alloc", packet);
      configure();
      if (name.equals(Libav.X264)) {
        configureX264();
      } else {
        configureOpenH264();
      }
      LibavException.check(
          "avcodec_open2 (" + name + ", rung " + rung.name() + ")",
          avcodec.avcodec_open2(context, codec, (AVDictionary) null));
      byte[] header = new byte[context.extradata_size()];
      context.extradata().get(header);
      parameterSets = ParameterSets.ofGlobalHeader(header);
    } catch (IllegalArgumentException e) {
      close();
      throw new LibavException(name + ", rung " + rung.name() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void configure() {
    context.width(rung.width()).height(rung.height()).pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    context.time_base().num(rung.frameRate().denominator()).den(rung.frameRate().numerator());
    context.framerate().num(rung.frameRate().numerator()).den(rung.frameRate().denominator());
    context.sample_aspect_ratio().num(1).den(1);
    context.color_range(avutil.AVCOL_RANGE_MPEG);
    context
        .colorspace(avutil.AVCOL_SPC_BT709)
        .color_primaries(avutil.AVCOL_PRI_BT709)
        .color_trc(avutil.AVCOL_TRC_BT709);
    context.gop_size(rung.keyframeIntervalFrames()).max_b_frames(0).thread_count(1);
    context.flags(
        avcodec.AV_CODEC_FLAG_GLOBAL_HEADER
            | avcodec.AV_CODEC_FLAG_CLOSED_GOP
            | avcodec.AV_CODEC_FLAG_BITEXACT);
    context
        .rc_max_rate(rung.maxBitrateKbps() * 1000L)
        .rc_buffer_size((int) Math.min(Integer.MAX_VALUE, rung.bufferKbits() * 1000L));
    context.rc_initial_buffer_occupancy((int) (context.rc_buffer_size() * INITIAL_VBV_OCCUPANCY));
  }

  private void configureX264() {
    option("preset", rung.preset());
    option("tune", "zerolatency");
    option("profile", rung.profile());
    option("level", Integer.toString(rung.levelIdc()));
    option("crf", Integer.toString(rung.crf()));
    option("forced-idr", "1");
    // scenecut=0 keeps IDRs to the grid. cpu-independent leaves out the routines that round
    // differently at different CPU
    // feature levels: without it, bytes made with sse2 and with avx2 differ; with it they do not,
    // at no measurable cost.
    option(
        "x264-params",
        String.format(
            Locale.ROOT,
            "scenecut=0:keyint=%1$d:min-keyint=%1$d:force-cfr=1:sliced-threads=0:cpu-independent=1",
            rung.keyframeIntervalFrames()));
  }

  private void configureOpenH264() {
    // No constant rate factor here: the bitrate below the VBV's rate leaves it room to stay under
    // it without skipping.
    context.bit_rate(rung.maxBitrateKbps() * 800L);
    option("profile", rung.profile().equals("high") ? "high" : "constrained_baseline");
    option("allow_skip_frames", "0");
    option("rc_mode", "bitrate");
  }

  /** The encoder's parameter sets, the same for every encoder of the rung. */
  public ParameterSets parameterSets() {
    return parameterSets;
  }

  /**
   * Encodes one picture.
   *
   * @param picture the rung's canvas; free again when this returns
   * @param slot its place on the segment's frame grid; each call's is one more than the last's
   * @return its sample
   */
  public ParameterSets.Sample encode(Picture picture, int slot) {
    boolean idr = slot % rung.keyframeIntervalFrames() == 0;
    AVFrame frame = picture.frame();
    frame.pts(slot).pict_type(idr ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
    LibavException.check("avcodec_send_frame", avcodec.avcodec_send_frame(context, frame));
    LibavException.check(
        "avcodec_receive_packet (an encoder may hold no frame)",
        avcodec.avcodec_receive_packet(context, packet));
    try {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      ParameterSets.Sample sample = parameterSets.toSample(bytes);
      if (packet.pts() != slot || sample.sync() != idr) {
        throw new LibavException(
            "encoder gave slot "
                + packet.pts()
                + (sample.sync() ? " as IDR" : "")
                + " for slot "
                + slot
                + (idr ? " as IDR" : ""));
      }
      return sample;
    } catch (IllegalStateException e) {
      throw new LibavException("rung " + rung.name() + ": " + e.getMessage());
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  private void option(String name, String value) {
    Pointer options = context.priv_data();
    LibavException.check(
        "encoder option " + name + "=" + value, avutil.av_opt_set(options, name, value, 0));
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(context);
  }
}
