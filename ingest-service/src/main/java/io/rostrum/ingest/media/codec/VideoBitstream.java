package io.rostrum.ingest.media.codec;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;

/**
 * One publisher's video in one codec: takes its configurations and access units, remembers what is
 * configured. Belongs to one thread.
 */
public sealed interface VideoBitstream
    permits AvcBitstream, HevcBitstream, Av1Bitstream, VpxBitstream, InBandBitstream {

  /** Ticks per second of every video track. */
  int TIMESCALE = 90_000;

  static VideoBitstream of(VideoCodec codec) {
    return switch (codec) {
      case H264 -> new AvcBitstream();
      case HEVC -> new HevcBitstream();
      case AV1 -> new Av1Bitstream();
      case VP8, VP9 -> new VpxBitstream(codec);
    };
  }

  /** One whose configurations stay in the samples; its format is the first that came. */
  static VideoBitstream inBand(VideoCodec codec) {
    return new InBandBitstream(of(codec));
  }

  VideoCodec codec();

  /**
   * What is configured; {@code null} while that is not known. Changes with configurations, also
   * with those in band.
   */
  VideoFormat format();

  /**
   * Takes a decoder configuration record, in the form that {@link VideoCodec} names.
   *
   * @throws MalformedMediaException if it is none
   */
  void config(byte[] record) throws MalformedMediaException;

  /**
   * Takes an access unit.
   *
   * @return {@code null} where there is no picture in it, or none that the format is known for
   * @throws MalformedMediaException if it is none
   */
  CodedPicture read(byte[] buffer, int offset, int length) throws MalformedMediaException;
}
