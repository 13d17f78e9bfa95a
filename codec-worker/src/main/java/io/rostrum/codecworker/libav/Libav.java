package io.rostrum.codecworker.libav;

import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.contracts.codec.VideoInput;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/** The loaded libraries: which build they are and what they use of this machine. */
public final class Libav {
  /** The GPL build's H.264 encoder. */
  public static final String X264 = "libx264";

  /** The H.264 encoder of the LGPL build. */
  public static final String OPENH264 = "libopenh264";

  private Libav() {}

  /**
   * Loads the native libraries, extracting them into JavaCPP's cache on a machine's first run.
   * JavaCPP guards the cache with a file lock, so any number of workers may do this at once.
   */
  public static void load() {
    Loader.load(avutil.class);
    Loader.load(avcodec.class);
    Loader.load(swscale.class);
    Loader.load(swresample.class);
    // libav's default log goes to standard error, never to standard output. Broken input would
    // flood it at any finer level.
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
  }

  /**
   * Gives what native code has freed back to the system; the allocator keeps much of it otherwise,
   * per thread.
   */
  public static void trimMemory() {
    Pointer.trimMemory();
  }

  /** The H.264 encoder of this build. */
  public static String encoderName() {
    return encoder().name().getString();
  }

  /** One line: library version, encoder, licence of the build. */
  public static String build() {
    int version = avcodec.avcodec_version();
    return String.format(
        Locale.ROOT,
        "libavcodec %d.%d.%d, %s, %s",
        version >>> 16,
        version >>> 8 & 0xFF,
        version & 0xFF,
        encoderName(),
        avcodec.avcodec_license().getString());
  }

  /** The platform and the instruction sets that libav uses here, oldest first. */
  public static String cpuFeatures() {
    int flags = avutil.av_get_cpu_flags();
    Map<Integer, String> names = Loader.getPlatform().contains("x86") ? X86_FEATURES : ARM_FEATURES;
    return Loader.getPlatform()
        + " "
        + names.entrySet().stream()
            .filter(feature -> (flags & feature.getKey()) != 0)
            .map(Map.Entry::getValue)
            .collect(Collectors.joining("+"));
  }

  /**
   * The decoder of a codec of {@link VideoInput}.
   *
   * @throws LibavException if there is none
   */
  static AVCodec videoDecoder(String codec) {
    return switch (codec) {
      case VideoInput.H264 -> decoder("h264");
      case VideoInput.HEVC -> decoder("hevc");
      case VideoInput.VP8 -> decoder("vp8");
      case VideoInput.VP9 -> decoder("vp9");
      // libavcodec's own needs a graphics card. A build that has dav1d is the faster one.
      case VideoInput.AV1 -> decoder("libdav1d", "libaom-av1");
      default ->
          throw new LibavException(
              "input codec " + codec + " is none of h264, hevc, av1, vp8 and vp9");
    };
  }

  /**
   * The decoder of a codec of {@link AudioInput}.
   *
   * @throws LibavException if there is none
   */
  static AVCodec audioDecoder(String codec) {
    return switch (codec) {
      case AudioInput.AAC -> decoder("aac");
      case AudioInput.OPUS -> decoder("opus", "libopus");
      case AudioInput.AC3 -> decoder("ac3");
      case AudioInput.EAC3 -> decoder("eac3");
      case AudioInput.FLAC -> decoder("flac");
      case AudioInput.MP3 -> decoder("mp3float", "mp3");
      default ->
          throw new LibavException(
              "input codec " + codec + " is none of aac, opus, ac3, eac3, flac and mp3");
    };
  }

  /** A native copy with the zeros behind it that libavcodec reads past the end into. */
  static BytePointer padded(byte[] bytes) {
    Pointer memory =
        LibavException.present(
            "av_mallocz",
            avutil.av_mallocz(bytes.length + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
    return new BytePointer(memory).put(bytes);
  }

  private static AVCodec decoder(String... names) {
    for (String name : names) {
      AVCodec codec = avcodec.avcodec_find_decoder_by_name(name);
      if (codec != null && !codec.isNull()) {
        return codec;
      }
    }
    throw new LibavException("this libavcodec has no decoder " + String.join(" or ", names));
  }

  static AVCodec encoder() {
    for (String name : new String[] {X264, OPENH264}) {
      AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
      if (codec != null && !codec.isNull()) {
        return codec;
      }
    }
    throw new LibavException("this libavcodec has neither " + X264 + " nor " + OPENH264);
  }

  private static final Map<Integer, String> X86_FEATURES = new LinkedHashMap<>();
  private static final Map<Integer, String> ARM_FEATURES = new LinkedHashMap<>();

  static {
    X86_FEATURES.put(avutil.AV_CPU_FLAG_SSE2, "sse2");
    X86_FEATURES.put(avutil.AV_CPU_FLAG_SSSE3, "ssse3");
    X86_FEATURES.put(avutil.AV_CPU_FLAG_SSE42, "sse4.2");
    X86_FEATURES.put(avutil.AV_CPU_FLAG_AVX, "avx");
    X86_FEATURES.put(avutil.AV_CPU_FLAG_FMA3, "fma3");
    X86_FEATURES.put(avutil.AV_CPU_FLAG_AVX2, "avx2");
    X86_FEATURES.put(avutil.AV_CPU_FLAG_AVX512, "avx512");
    X86_FEATURES.put(avutil.AV_CPU_FLAG_AVX512ICL, "avx512icl");
    ARM_FEATURES.put(avutil.AV_CPU_FLAG_NEON, "neon");
    ARM_FEATURES.put(avutil.AV_CPU_FLAG_DOTPROD, "dotprod");
    ARM_FEATURES.put(avutil.AV_CPU_FLAG_I8MM, "i8mm");
  }
}
