package io.rostrum.ingest.media.codec;

import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.ac3.Ac3Frame;
import java.util.Arrays;

/** AC-3 and Enhanced AC-3: every frame says what it is, and there is no configuration. */
final class Ac3Bitstream implements AudioBitstream {

  private final AudioCodec codec;
  private Ac3Frame last;
  private AudioFormat format;

  Ac3Bitstream(AudioCodec codec) {
    this.codec = codec;
  }

  @Override
  public AudioCodec codec() {
    return codec;
  }

  @Override
  public AudioFormat format() {
    return format;
  }

  /** E-RTMP v2 has none for these codecs; what some sender may put there is not needed. */
  @Override
  public void config(byte[] config) {
    // Nothing to take.
  }

  @Override
  public CodedFrame read(byte[] buffer, int offset, int length) throws MalformedMediaException {
    Ac3Frame frame = Ac3Frame.parse(buffer, offset, length);
    if (frame.codec() != codec) {
      throw MalformedMediaException.malformed(
          codec.name(), "access unit is one of " + frame.codec(), 5);
    }
    // The bit rate is in the configuration, too, and may change from frame to frame: it does not
    // count.
    if (last == null
        || frame.rateCode() != last.rateCode()
        || frame.channelMode() != last.channelMode()
        || frame.lowFrequency() != last.lowFrequency()) {
      format = AudioFormat.ofAc3(codec, frame.toDecoderConfig());
      last = frame;
    }
    return new CodedFrame(frame.samples(), Arrays.copyOfRange(buffer, offset, offset + length));
  }
}
