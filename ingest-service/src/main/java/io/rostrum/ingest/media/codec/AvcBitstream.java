package io.rostrum.ingest.media.codec;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.avc.AvcAccessUnit;
import io.rostrum.media.avc.AvcDecoderConfig;
import io.rostrum.media.avc.NalUnits;
import java.util.ArrayList;
import java.util.List;

/** H.264: NAL units behind lengths, or behind start codes where a device does not know better. */
final class AvcBitstream implements VideoBitstream {

  private AvcDecoderConfig config;
  private VideoFormat format;

  @Override
  public VideoCodec codec() {
    return VideoCodec.H264;
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public void config(byte[] record) throws MalformedMediaException {
    if (NalUnits.beginsWithStartCode(record, 0, record.length)) {
      // The same devices put bare parameter sets where the record should be; a record begins with
      // 1.
      takeParameterSets(AvcAccessUnit.of(NalUnits.annexB(record)));
    } else {
      set(AvcDecoderConfig.parse(record));
    }
  }

  @Override
  public CodedPicture read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    AvcAccessUnit unit =
        AvcAccessUnit.parse(buffer, offset, length, config == null ? 4 : config.lengthSize());
    if (unit.hasParameterSets()) {
      takeParameterSets(unit);
    }
    return unit.hasPicture() && format != null
        ? new CodedPicture(unit.idr(), unit.toSample())
        : null;
  }

  /** Announced parameter sets are nothing new; others are a new configuration. */
  private void takeParameterSets(AvcAccessUnit unit) throws MalformedMediaException {
    if (config != null && config.announces(unit)) {
      return;
    }
    List<byte[]> sps = unit.sequenceParameterSets();
    List<byte[]> pps = new ArrayList<>(unit.pictureParameterSets());
    boolean whole = !sps.isEmpty() && !pps.isEmpty();
    if (config == null && !whole) {
      return;
    }
    if (!whole) {
      sps = sps.isEmpty() ? config.sequenceParameterSets() : sps;
      pps.addAll(0, config.pictureParameterSets());
    }
    int lengthSize = config == null ? 4 : config.lengthSize();
    set(AvcDecoderConfig.ofParameterSets(sps, pps).withLengthSize(lengthSize));
  }

  private void set(AvcDecoderConfig next) throws MalformedMediaException {
    format = VideoFormat.ofAvc(next.toByteArray(), TIMESCALE);
    config = next;
  }
}
