package io.rostrum.media.cmaf;

import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.TrackFormat;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.opus.OpusHead;

/**
 * Writes the sample entry of a format: ISO/IEC 14496-12:2022 §12.1.3 (video) and §12.2.3 (audio),
 * and the codec's own box.
 */
final class SampleEntryWriter {

  /** 72 dots per inch in 16.16 fixed point: the template value. */
  private static final int RESOLUTION_72_DPI = 0x48_0000;

  private SampleEntryWriter() {}

  static void write(BoxWriter out, TrackFormat format) {
    if (format instanceof VideoFormat video) {
      video(out, video);
    } else {
      audio(out, (AudioFormat) format);
    }
  }

  private static void video(BoxWriter out, VideoFormat format) {
    int entry = out.begin(VideoSampleEntry.of(format.codec()).type());
    out.zeros(6).u16(1).zeros(16);
    out.u16(format.width()).u16(format.height());
    out.u32(RESOLUTION_72_DPI).u32(RESOLUTION_72_DPI).zeros(4).u16(1);
    out.zeros(32).u16(0x18).u16(0xFFFF); // no compressor name, depth 24, pre_defined -1
    VideoSampleEntry kind = VideoSampleEntry.of(format.codec());
    int config =
        kind.fullConfigBox()
            ? out.beginFull(kind.configType(), 1, 0)
            : out.begin(kind.configType());
    out.bytes(format.decoderConfig());
    out.end(config);
    presentation(out, VideoPresentation.of(format));
    out.end(entry);
  }

  /** {@code colr} and {@code pasp}, §12.1.5 and §12.1.4. */
  private static void presentation(BoxWriter out, VideoPresentation presentation) {
    if (presentation.colour() != null) {
      int colr = out.begin(FourCc.COLR);
      out.u32(FourCc.NCLX);
      out.u16(presentation.colour().primaries()).u16(presentation.colour().transfer());
      out.u16(presentation.colour().matrix());
      out.u8(presentation.colour().fullRange() ? 0x80 : 0);
      out.end(colr);
    }
    if (presentation.sampleAspectRatio() != null) {
      int pasp = out.begin(FourCc.PASP);
      out.u32(presentation.sampleAspectRatio().width());
      out.u32(presentation.sampleAspectRatio().height());
      out.end(pasp);
    }
  }

  private static void audio(BoxWriter out, AudioFormat format) {
    int entry = out.begin(entryType(format.codec()));
    out.zeros(6).u16(1).zeros(8);
    out.u16(format.channels()).u16(16).zeros(4);
    // 16.16 fixed point; a rate beyond 16 bits cannot be said here, and readers take it from the
    // codec.
    out.u32(format.sampleRate() > 0xFFFF ? 0 : format.sampleRate() << 16);
    switch (format.codec()) {
      case AAC -> {
        int esds = out.beginFull(FourCc.ESDS, 0, 0);
        EsDescriptor.write(out, format.decoderConfig());
        out.end(esds);
      }
      case OPUS -> box(out, FourCc.DOPS, opusSpecificBox(format.decoderConfig()));
      case AC3 -> box(out, FourCc.DAC3, format.decoderConfig());
      case EAC3 -> box(out, FourCc.DEC3, format.decoderConfig());
      case FLAC -> {
        int dfLa = out.beginFull(FourCc.DFLA, 0, 0);
        out.bytes(format.decoderConfig());
        out.end(dfLa);
      }
      default -> throw new IllegalArgumentException("No sample entry for " + format.codec());
    }
    out.end(entry);
  }

  private static int entryType(AudioCodec codec) {
    return switch (codec) {
      case AAC -> FourCc.MP4A;
      case OPUS -> FourCc.OPUS;
      case AC3 -> FourCc.AC_3;
      case EAC3 -> FourCc.EC_3;
      case FLAC -> FourCc.FLAC;
    };
  }

  private static void box(BoxWriter out, int type, byte[] body) {
    int box = out.begin(type);
    out.bytes(body);
    out.end(box);
  }

  private static byte[] opusSpecificBox(byte[] head) {
    try {
      return OpusHead.parse(head).toSpecificBox();
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("AudioFormat has let a broken OpusHead pass", e);
    }
  }
}
