package io.rostrum.ingest.media.codec;

import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;

/** One publisher's audio in one codec; as {@link VideoBitstream}. Belongs to one thread. */
public sealed interface AudioBitstream
    permits AacBitstream, OpusBitstream, Ac3Bitstream, FlacBitstream {

  static AudioBitstream of(AudioCodec codec) {
    return switch (codec) {
      case AAC -> new AacBitstream();
      case OPUS -> new OpusBitstream();
      case AC3, EAC3 -> new Ac3Bitstream(codec);
      case FLAC -> new FlacBitstream();
    };
  }

  AudioCodec codec();

  /** What is configured; {@code null} while that is not known. */
  AudioFormat format();

  /**
   * Takes a decoder configuration, in the form that {@link AudioCodec} names.
   *
   * @throws MalformedMediaException if it is none
   */
  void config(byte[] config) throws MalformedMediaException;

  /**
   * Takes an access unit.
   *
   * @return {@code null} where there is nothing in it, or the format is not known
   * @throws MalformedMediaException if it is none
   */
  CodedFrame read(byte[] buffer, int offset, int length) throws MalformedMediaException;
}
