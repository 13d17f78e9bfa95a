package io.rostrum.ingest.media.codec;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.vpx.VpxKeyFrame;
import java.util.Arrays;

/**
 * VP8 and VP9. Their configuration record has no picture size: the format is known with the first
 * key frame, and changes with one of another size. What the record says of colour is kept.
 */
final class VpxBitstream implements VideoBitstream {

  /** A {@code VPCodecConfigurationRecord} without codec initialization data. */
  private static final int RECORD_LENGTH = 8;

  private static final int FULL_BOX_HEADER_LENGTH = 4;

  private final VideoCodec codec;
  private byte[] config;
  private VideoFormat format;

  VpxBitstream(VideoCodec codec) {
    this.codec = codec;
  }

  @Override
  public VideoCodec codec() {
    return codec;
  }

  @Override
  public VideoFormat format() {
    return format;
  }

  @Override
  public void config(byte[] record) throws MalformedMediaException {
    // Version 1 and flags 0 of the box belong to the file format; senders that copy the whole box's
    // body have them too. A record of profile 1 with level 0 does not exist.
    boolean boxed =
        record.length >= RECORD_LENGTH + FULL_BOX_HEADER_LENGTH
            && record[0] == 1
            && record[1] == 0
            && record[2] == 0
            && record[3] == 0;
    byte[] plain =
        boxed ? Arrays.copyOfRange(record, FULL_BOX_HEADER_LENGTH, record.length) : record;
    if (plain.length < RECORD_LENGTH) {
      throw MalformedMediaException.malformed(
          "vpcC", "has " + plain.length + " of " + RECORD_LENGTH + " bytes", plain.length);
    }
    config = plain;
    if (format != null) {
      format = format(format.width(), format.height(), plain);
    }
  }

  @Override
  public CodedPicture read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    if (length == 0) {
      return null;
    }
    byte[] frame = Arrays.copyOfRange(buffer, offset, offset + length);
    boolean key = VpxKeyFrame.isKeyFrame(codec, frame);
    if (key) {
      VpxKeyFrame header =
          codec == VideoCodec.VP8 ? VpxKeyFrame.parseVp8(frame) : VpxKeyFrame.parseVp9(frame);
      byte[] record = config == null ? header.toDecoderConfig() : config;
      if (format == null
          || format.width() != header.width()
          || format.height() != header.height()) {
        format = format(header.width(), header.height(), record);
      }
    }
    return format == null ? null : new CodedPicture(key, frame);
  }

  private VideoFormat format(int width, int height, byte[] record) {
    return new VideoFormat(codec, record, width, height, TIMESCALE, null);
  }
}
