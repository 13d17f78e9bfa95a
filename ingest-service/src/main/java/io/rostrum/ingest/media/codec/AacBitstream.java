package io.rostrum.ingest.media.codec;

import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.aac.AdtsHeader;
import java.util.Arrays;

/** AAC: raw frames, or with an ADTS header each, which then says what no configuration has said. */
final class AacBitstream implements AudioBitstream {

  private static final int ADTS_HEADER_LENGTH = 7;

  private AudioFormat format;
  private int samplesPerFrame;

  @Override
  public AudioCodec codec() {
    return AudioCodec.AAC;
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public void config(byte[] asc) throws MalformedMediaException {
    set(AudioFormat.ofAac(asc));
  }

  @Override
  public CodedFrame read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    int from = offset;
    if (length > ADTS_HEADER_LENGTH && AdtsHeader.isAt(buffer, offset)) {
      AdtsHeader header = AdtsHeader.parse(buffer, offset);
      from += header.headerLength();
      if (format == null) {
        set(AudioFormat.ofAac(header.toAudioSpecificConfig()));
      }
    }
    return from >= offset + length || format == null
        ? null
        : new CodedFrame(samplesPerFrame, Arrays.copyOfRange(buffer, from, offset + length));
  }

  private void set(AudioFormat next) {
    format = next;
    samplesPerFrame = next.samplesPerFrame();
  }
}
