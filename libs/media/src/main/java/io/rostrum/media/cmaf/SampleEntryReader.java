package io.rostrum.media.cmaf;

import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.TrackFormat;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.av1.Av1SequenceHeader;
import io.rostrum.media.avc.AvcDecoderConfig;
import io.rostrum.media.cmaf.BoxReader.Box;
import io.rostrum.media.hevc.HevcDecoderConfig;
import io.rostrum.media.opus.OpusHead;

/** Reads the sample entry of a format: ISO/IEC 14496-12:2022 §12.1.3 and §12.2.3. */
final class SampleEntryReader {

  private SampleEntryReader() {}

  static TrackFormat read(Box entry, boolean video, int timescale) throws MalformedMediaException {
    entry.body().skip(8); // reserved, data_reference_index
    return video ? video(entry, timescale) : audio(entry, timescale);
  }

  private static VideoFormat video(Box entry, int timescale) throws MalformedMediaException {
    VideoSampleEntry kind = VideoSampleEntry.ofType(entry.type());
    if (kind == null) {
      throw unsupported(entry);
    }
    BoxReader body = entry.body();
    body.skip(16);
    int width = body.u16();
    int height = body.u16();
    if (width == 0 || height == 0) {
      throw body.malformed("picture of " + width + "x" + height);
    }
    body.skip(50);
    BoxReader configBox = body.child(kind.configType());
    if (kind.fullConfigBox()) {
      configBox.fullHeader();
    }
    byte[] config = configBox.rest();
    try {
      return new VideoFormat(
          kind.codec(), config, width, height, timescale, frameRate(kind.codec(), config));
    } catch (IllegalArgumentException e) {
      throw configBox.malformed(e.getMessage());
    }
  }

  /**
   * The declared rate, or {@code null}. H.264 headers must be readable; those of the others may be
   * in the samples (hev1) or left out.
   */
  private static FrameRate frameRate(VideoCodec codec, byte[] config)
      throws MalformedMediaException {
    if (codec == VideoCodec.H264) {
      return AvcDecoderConfig.parse(config).sequenceParameterSet().frameRate().orElse(null);
    }
    try {
      return switch (codec) {
        case HEVC -> HevcDecoderConfig.parse(config).sequenceParameterSet().frameRate();
        case AV1 -> Av1SequenceHeader.ofDecoderConfig(config).frameRate();
        default -> null;
      };
    } catch (MalformedMediaException ignored) {
      return null;
    }
  }

  private static AudioFormat audio(Box entry, int timescale) throws MalformedMediaException {
    BoxReader body = entry.body();
    int version = body.u16();
    if (version != 0) {
      throw MalformedMediaException.unsupported(
          BoxReader.FORMAT, "audio sample entry of version " + version, entry.start());
    }
    body.skip(18);
    AudioFormat format;
    if (entry.type() == FourCc.MP4A) {
      BoxReader esds = body.child(FourCc.ESDS);
      esds.fullHeader();
      format = AudioFormat.ofAac(EsDescriptor.readAudioSpecificConfig(esds));
    } else if (entry.type() == FourCc.OPUS) {
      byte[] dOps = body.child(FourCc.DOPS).rest();
      format = AudioFormat.ofOpus(OpusHead.parseSpecificBox(dOps).toByteArray());
    } else if (entry.type() == FourCc.AC_3) {
      format = AudioFormat.ofAc3(AudioCodec.AC3, body.child(FourCc.DAC3).rest());
    } else if (entry.type() == FourCc.EC_3) {
      format = AudioFormat.ofAc3(AudioCodec.EAC3, body.child(FourCc.DEC3).rest());
    } else if (entry.type() == FourCc.FLAC) {
      BoxReader dfLa = body.child(FourCc.DFLA);
      dfLa.fullHeader();
      format = AudioFormat.ofFlac(dfLa.rest());
    } else {
      throw unsupported(entry);
    }
    if (format.timescale() != timescale) {
      throw MalformedMediaException.unsupported(
          BoxReader.FORMAT,
          "audio track with timescale " + timescale + " and sample rate " + format.sampleRate(),
          entry.start());
    }
    return format;
  }

  private static MalformedMediaException unsupported(Box entry) {
    return MalformedMediaException.unsupported(
        BoxReader.FORMAT,
        "sample entry '" + FourCc.toText(entry.type()) + "' is of no codec known here",
        entry.start());
  }
}
