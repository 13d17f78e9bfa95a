package io.rostrum.ingest.media.codec;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.avc.NalUnits;
import io.rostrum.media.hevc.HevcAccessUnit;
import io.rostrum.media.hevc.HevcDecoderConfig;
import java.util.Optional;

/** HEVC: as H.264, with three kinds of parameter sets and more kinds of pictures to start at. */
final class HevcBitstream implements VideoBitstream {

  private HevcDecoderConfig config;
  private VideoFormat format;

  @Override
  public VideoCodec codec() {
    return VideoCodec.HEVC;
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public void config(byte[] record) throws MalformedMediaException {
    // configurationVersion is 1, and 0 in early drafts: only a start code has two zeros in front.
    if (NalUnits.beginsWithStartCode(record, 0, record.length)) {
      takeParameterSets(HevcAccessUnit.of(NalUnits.annexB(record)));
    } else {
      set(HevcDecoderConfig.parse(record));
    }
  }

  @Override
  public CodedPicture read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    HevcAccessUnit unit =
        HevcAccessUnit.parse(buffer, offset, length, config == null ? 4 : config.lengthSize());
    if (!unit.parameterSets().isEmpty()) {
      takeParameterSets(unit);
    }
    return unit.hasPicture() && format != null
        ? new CodedPicture(unit.randomAccess(), unit.toSample())
        : null;
  }

  private void takeParameterSets(HevcAccessUnit unit) throws MalformedMediaException {
    if (config == null) {
      Optional<HevcDecoderConfig> first = HevcDecoderConfig.ofParameterSets(unit.parameterSets());
      if (first.isPresent()) {
        set(first.get());
      }
    } else if (!config.announces(unit)) {
      set(config.withParameterSets(unit.parameterSets()));
    }
  }

  private void set(HevcDecoderConfig next) throws MalformedMediaException {
    format = VideoFormat.ofHevc(next.toByteArray(), TIMESCALE);
    config = next;
  }
}
