package io.rostrum.ingest.media.codec;

import io.rostrum.media.CodedBytes;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;

/**
 * Video whose configuration may change at any key frame without the publication starting anew:
 * samples keep their parameter sets ({@code avc3}, ISO/IEC 14496-15:2022 §5.4.2.1), and decoders go
 * by those. The format is that of the beginning.
 */
final class InBandBitstream implements VideoBitstream {

  private final VideoBitstream bitstream;
  private VideoFormat first;

  InBandBitstream(VideoBitstream bitstream) {
    this.bitstream = bitstream;
  }

  @Override
  public VideoCodec codec() {
    return bitstream.codec();
  }

  @Override
  public VideoFormat format() {
    return first;
  }

  @Override
  public void config(byte[] record) throws MalformedMediaException {
    bitstream.config(record);
    rememberFirst();
  }

  @Override
  public CodedPicture read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    CodedPicture picture = bitstream.read(buffer, offset, length);
    rememberFirst();
    return picture == null
        ? null
        : new CodedPicture(picture.sync(), CodedBytes.of(buffer, offset, length));
  }

  private void rememberFirst() {
    first = first == null ? bitstream.format() : first;
  }
}
