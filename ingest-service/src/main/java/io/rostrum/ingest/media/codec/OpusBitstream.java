package io.rostrum.ingest.media.codec;

import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.opus.OpusPacket;
import java.util.Arrays;

/** Opus: bare packets, whose duration may change from one to the next. */
final class OpusBitstream implements AudioBitstream {

  private AudioFormat format;

  @Override
  public AudioCodec codec() {
    return AudioCodec.OPUS;
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  @Override
  public void config(byte[] head) throws MalformedMediaException {
    format = AudioFormat.ofOpus(head);
  }

  @Override
  public CodedFrame read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    if (format == null || length == 0) {
      return null;
    }
    byte[] packet = Arrays.copyOfRange(buffer, offset, offset + length);
    return new CodedFrame(OpusPacket.durationSamples(packet), packet);
  }
}
