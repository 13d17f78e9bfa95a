package io.rostrum.transcode.audio;

import io.rostrum.contracts.codec.AudioInput;
import io.rostrum.media.AudioFormat;
import java.util.Arrays;

/** What a codec worker is told of a publication's audio. */
final class AudioInputs {
  private static final byte[] NONE = {};

  /** RFC 9639 §8.1: the header of the STREAMINFO block that the worker does without. */
  private static final int FLAC_BLOCK_HEADER_BYTES = 4;

  private AudioInputs() {}

  /**
   * @param format null for silence, which has none
   */
  static AudioInput of(AudioFormat format) {
    if (format == null) {
      return null;
    }
    byte[] config = format.decoderConfig();
    return switch (format.codec()) {
      case AAC -> input(AudioInput.AAC, config, format);
      case OPUS -> input(AudioInput.OPUS, config, format);
      case AC3 -> input(AudioInput.AC3, NONE, format);
      case EAC3 -> input(AudioInput.EAC3, NONE, format);
      case FLAC ->
          input(
              AudioInput.FLAC,
              Arrays.copyOfRange(
                  config, Math.min(FLAC_BLOCK_HEADER_BYTES, config.length), config.length),
              format);
    };
  }

  private static AudioInput input(String codec, byte[] config, AudioFormat format) {
    return new AudioInput(
        codec, config, format.sampleRate(), format.channels(), format.timescale());
  }
}
