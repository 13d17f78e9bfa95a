package io.rostrum.codecworker.libav;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rostrum.codecworker.h264.AnnexB;
import io.rostrum.contracts.codec.VideoInput;
import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.av1.Av1DecoderConfig;
import io.rostrum.media.av1.Av1TemporalUnit;
import io.rostrum.media.hevc.HevcDecoderConfig;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** {@link TestVideo}'s numbered pictures in the other codecs, as CMAF samples hold them. */
public final class OtherVideo {
  private static final int HEVC_FIRST_SET = 32;
  private static final int HEVC_LAST_SET = 34;

  private OtherVideo() {}

  /**
   * Encodes pictures in a codec of {@link VideoInput}.
   *
   * @param tenBit 10 bits a sample in place of 8
   * @param firstNumber the number that the first picture shows
   */
  public static TestVideo.Clip clip(
      String codecName, TestVideo.Spec spec, boolean tenBit, int firstNumber) {
    Libav.load();
    String encoder =
        switch (codecName) {
          case VideoInput.HEVC -> "libx265";
          case VideoInput.VP8 -> "libvpx";
          case VideoInput.VP9 -> "libvpx-vp9";
          case VideoInput.AV1 -> "libaom-av1";
          default -> throw new IllegalArgumentException(codecName);
        };
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(encoder);
    assumeTrue(codec != null && !codec.isNull(), "this build of libavcodec has no " + encoder);
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVFrame frame = avutil.av_frame_alloc();
    AVPacket packet = avcodec.av_packet_alloc();
    try {
      int format = tenBit ? avutil.AV_PIX_FMT_YUV420P10LE : avutil.AV_PIX_FMT_YUV420P;
      context.width(spec.width()).height(spec.height()).pix_fmt(format);
      context.time_base().num(1).den(30);
      context.framerate().num(30).den(1);
      context.gop_size(10_000).max_b_frames(0).thread_count(1).bit_rate(3_000_000);
      context.flags(avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
      switch (codecName) {
        case VideoInput.HEVC -> {
          option(context, "preset", "ultrafast");
          option(context, "x265-params", "log-level=none:pools=none:frame-threads=1:bframes=0");
        }
        case VideoInput.AV1 -> {
          option(context, "cpu-used", "8");
          option(context, "usage", "realtime");
        }
        default -> {
          option(context, "deadline", "realtime");
          option(context, "cpu-used", "8");
        }
      }
      LibavException.check("open", avcodec.avcodec_open2(context, codec, (AVDictionary) null));
      frame.width(spec.width()).height(spec.height()).format(format);
      LibavException.check("buffer", avutil.av_frame_get_buffer(frame, 0));
      List<WorkerRequest.Sample> samples = new ArrayList<>();
      for (int i = 0; i < spec.pts().length; i++) {
        LibavException.check("writable", avutil.av_frame_make_writable(frame));
        draw(frame, tenBit, firstNumber + i);
        frame.pts(i);
        LibavException.check("send", avcodec.avcodec_send_frame(context, frame));
        receive(codecName, context, packet, spec, samples);
      }
      avcodec.avcodec_send_frame(context, null);
      receive(codecName, context, packet, spec, samples);
      byte[] config = config(codecName, header(context), samples);
      return new TestVideo.Clip(
          new VideoInput(codecName, config, spec.width(), spec.height(), spec.timescale()),
          List.copyOf(samples));
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    } finally {
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(frame);
      avcodec.avcodec_free_context(context);
    }
  }

  private static void receive(
      String codec,
      AVCodecContext context,
      AVPacket packet,
      TestVideo.Spec spec,
      List<WorkerRequest.Sample> samples) {
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      samples.add(
          new WorkerRequest.Sample(
              spec.pts()[(int) packet.pts()],
              spec.pts()[(int) packet.pts()],
              (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0,
              codec.equals(VideoInput.HEVC) ? withoutSets(bytes) : bytes));
      avcodec.av_packet_unref(packet);
    }
  }

  private static byte[] header(AVCodecContext context) {
    byte[] header = new byte[context.extradata_size()];
    if (header.length > 0) {
      context.extradata().get(header);
    }
    return header;
  }

  private static byte[] config(String codec, byte[] header, List<WorkerRequest.Sample> samples)
      throws MalformedMediaException {
    if (codec.equals(VideoInput.HEVC)) {
      return HevcDecoderConfig.ofParameterSets(sets(header)).orElseThrow().toByteArray();
    }
    if (codec.equals(VideoInput.AV1)) {
      byte[] first = samples.get(0).data();
      Av1TemporalUnit unit = Av1TemporalUnit.parse(first, 0, first.length);
      return Av1DecoderConfig.ofSequenceHeader(unit.sequenceHeader()).record();
    }
    return new byte[0];
  }

  /** The samples with each key frame's parameter sets in band, as in hev1 and avc3 tracks. */
  public static List<WorkerRequest.Sample> inBand(TestVideo.Clip clip)
      throws MalformedMediaException {
    List<byte[]> sets =
        clip.input().codec().equals(VideoInput.H264)
            ? avcSets(clip.input().decoderConfig())
            : HevcDecoderConfig.parse(clip.input().decoderConfig()).parameterSets().stream()
                .map(HevcDecoderConfig.ParameterSet::nalUnit)
                .toList();
    List<WorkerRequest.Sample> samples = new ArrayList<>();
    for (WorkerRequest.Sample sample : clip.samples()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (sample.sync()) {
        sets.forEach(set -> prefixed(out, set));
      }
      out.writeBytes(sample.data());
      samples.add(
          new WorkerRequest.Sample(
              sample.ptsTicks(), sample.dtsTicks(), sample.sync(), out.toByteArray()));
    }
    return samples;
  }

  private static List<byte[]> avcSets(byte[] avcC) {
    List<byte[]> sets = new ArrayList<>();
    int at = 5;
    for (int kind = 0; kind < 2; kind++) {
      int count = avcC[at++] & (kind == 0 ? 0x1F : 0xFF);
      for (int i = 0; i < count; i++) {
        int length = (avcC[at] & 0xFF) << 8 | avcC[at + 1] & 0xFF;
        sets.add(java.util.Arrays.copyOfRange(avcC, at + 2, at + 2 + length));
        at += 2 + length;
      }
    }
    return sets;
  }

  private static List<byte[]> sets(byte[] header) {
    List<byte[]> sets = new ArrayList<>();
    for (AnnexB.Nal nal : AnnexB.split(header)) {
      byte[] bytes = nal.toBytes();
      if (isSet(bytes)) {
        sets.add(bytes);
      }
    }
    return sets;
  }

  private static byte[] withoutSets(byte[] stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (AnnexB.Nal nal : AnnexB.split(stream)) {
      byte[] bytes = nal.toBytes();
      if (!isSet(bytes)) {
        prefixed(out, bytes);
      }
    }
    return out.toByteArray();
  }

  private static boolean isSet(byte[] hevcNal) {
    int type = hevcNal[0] >> 1 & 0x3F;
    return type >= HEVC_FIRST_SET && type <= HEVC_LAST_SET;
  }

  private static void prefixed(ByteArrayOutputStream out, byte[] nal) {
    out.writeBytes(
        new byte[] {
          (byte) (nal.length >>> 24),
          (byte) (nal.length >>> 16),
          (byte) (nal.length >>> 8),
          (byte) nal.length
        });
    out.writeBytes(nal);
  }

  private static void draw(AVFrame frame, boolean tenBit, int number) {
    if (!tenBit) {
      TestVideo.draw(frame, number, false);
      return;
    }
    AVFrame eight = avutil.av_frame_alloc();
    eight.width(frame.width()).height(frame.height()).format(avutil.AV_PIX_FMT_YUV420P);
    LibavException.check("buffer", avutil.av_frame_get_buffer(eight, 0));
    TestVideo.draw(eight, number, false);
    for (int plane = 0; plane < 3; plane++) {
      int width = plane == 0 ? frame.width() : frame.width() / 2;
      int height = plane == 0 ? frame.height() : frame.height() / 2;
      byte[] from = new byte[width];
      byte[] to = new byte[2 * width];
      BytePointer source = eight.data(plane);
      BytePointer target = frame.data(plane);
      for (int y = 0; y < height; y++) {
        source.position((long) y * eight.linesize(plane)).get(from);
        for (int x = 0; x < width; x++) {
          to[2 * x] = (byte) ((from[x] & 0xFF) << 2);
          to[2 * x + 1] = (byte) ((from[x] & 0xFF) >> 6);
        }
        target.position((long) y * frame.linesize(plane)).put(to);
      }
    }
    avutil.av_frame_free(eight);
  }

  private static void option(AVCodecContext context, String name, String value) {
    LibavException.check(name, avutil.av_opt_set(context.priv_data(), name, value, 0));
  }
}
