package io.rostrum.ingest.media.codec;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.av1.Av1DecoderConfig;
import io.rostrum.media.av1.Av1TemporalUnit;
import java.util.Arrays;

/** AV1: temporal units of OBUs with sizes. */
final class Av1Bitstream implements VideoBitstream {

  private Av1DecoderConfig config;
  private VideoFormat format;

  @Override
  public VideoCodec codec() {
    return VideoCodec.AV1;
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public void config(byte[] record) throws MalformedMediaException {
    Av1DecoderConfig next = Av1DecoderConfig.parse(record);
    // AV1 ISOBMFF binding 1.2.0 §2.3.4: the record may leave the sequence header to the samples.
    if (next.sequenceHeader() != null) {
      set(next);
    }
  }

  @Override
  public CodedPicture read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    Av1TemporalUnit unit = Av1TemporalUnit.parse(buffer, offset, length);
    byte[] header = unit.sequenceHeader();
    if (header != null && (config == null || !Arrays.equals(header, config.sequenceHeader()))) {
      set(Av1DecoderConfig.ofSequenceHeader(header));
    }
    return unit.hasFrame() && format != null
        ? new CodedPicture(unit.keyFrame(), unit.toSample())
        : null;
  }

  private void set(Av1DecoderConfig next) throws MalformedMediaException {
    format = VideoFormat.ofAv1(next.record(), TIMESCALE);
    config = next;
  }
}
