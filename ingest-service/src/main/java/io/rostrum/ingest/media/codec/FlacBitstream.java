package io.rostrum.ingest.media.codec;

import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.flac.FlacFrame;
import java.util.Arrays;

/** FLAC: one frame an access unit. */
final class FlacBitstream implements AudioBitstream {

  private AudioFormat format;

  @Override
  public AudioCodec codec() {
    return AudioCodec.FLAC;
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public void config(byte[] metadata) throws MalformedMediaException {
    format = AudioFormat.ofFlac(metadata);
  }

  @Override
  public CodedFrame read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    return format == null
        ? null
        : new CodedFrame(
            FlacFrame.durationSamples(buffer, offset, length),
            Arrays.copyOfRange(buffer, offset, offset + length));
  }
}
