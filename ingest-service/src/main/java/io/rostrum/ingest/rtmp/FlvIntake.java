package io.rostrum.ingest.rtmp;

import io.rostrum.ingest.media.MediaIntake;
import io.rostrum.media.AudioCodec;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.VideoCodec;
import io.rostrum.rtmp.RtmpException;
import io.rostrum.rtmp.flv.AudioPacket;
import io.rostrum.rtmp.flv.PacketKind;
import io.rostrum.rtmp.flv.VideoPacket;

/**
 * Hands what FLV tags hold to the intake: timestamps of 32 bits and whole milliseconds become
 * microseconds that do not wrap, and FLV's codecs the house's. A codec that the house does not know
 * ends the publication, with a word on what to choose instead.
 */
final class FlvIntake {

  private static final long US_PER_MS = 1_000;
  private static final int NANOS_PER_US = 1_000;

  private final MediaIntake intake;
  private final TimestampUnwrapper videoTimestamps = new TimestampUnwrapper();
  private final TimestampUnwrapper audioTimestamps = new TimestampUnwrapper();

  FlvIntake(MediaIntake intake) {
    this.intake = intake;
  }

  /**
   * @param timestampMs of the message, modulo 2^32
   * @throws RtmpException if the codec is not supported
   */
  void video(long timestampMs, VideoPacket packet) throws MalformedMediaException {
    if (packet.kind() == PacketKind.SEQUENCE_START) {
      intake.videoConfig(codec(packet), packet.data());
    } else if (packet.kind() == PacketKind.CODED_FRAMES) {
      intake.video(
          codec(packet),
          us(videoTimestamps.unwrap(timestampMs), packet.timestampNanos()),
          packet.compositionTimeMs() * US_PER_MS,
          packet.buffer(),
          packet.offset(),
          packet.length());
    }
  }

  /**
   * @param timestampMs of the message, modulo 2^32
   * @throws RtmpException if the codec is not supported
   */
  void audio(long timestampMs, AudioPacket packet) throws MalformedMediaException {
    if (packet.kind() == PacketKind.SEQUENCE_START) {
      intake.audioConfig(codec(packet), packet.data());
    } else if (packet.kind() == PacketKind.CODED_FRAMES) {
      intake.audio(
          codec(packet),
          us(audioTimestamps.unwrap(timestampMs), packet.timestampNanos()),
          packet.buffer(),
          packet.offset(),
          packet.length());
    }
  }

  private static long us(long unwrappedMs, int nanos) {
    return unwrappedMs * US_PER_MS + nanos / NANOS_PER_US;
  }

  private static VideoCodec codec(VideoPacket packet) {
    return switch (packet.codec()) {
      case AVC -> VideoCodec.H264;
      case HEVC -> VideoCodec.HEVC;
      case AV1 -> VideoCodec.AV1;
      case VP9 -> VideoCodec.VP9;
      case VP8 -> VideoCodec.VP8;
      case VVC, OTHER ->
          throw unsupported(
              "video codec " + packet.codec() + "; choose H.264, HEVC, AV1 or VP9 in the encoder");
    };
  }

  private static AudioCodec codec(AudioPacket packet) {
    return switch (packet.codec()) {
      case AAC -> AudioCodec.AAC;
      case OPUS -> AudioCodec.OPUS;
      case AC3 -> AudioCodec.AC3;
      case EAC3 -> AudioCodec.EAC3;
      case FLAC -> AudioCodec.FLAC;
      default ->
          throw unsupported(
              "audio codec " + packet.codec() + "; choose AAC or Opus in the encoder");
    };
  }

  private static RtmpException unsupported(String message) {
    return RtmpException.unsupported(RtmpException.NO_OFFSET, message);
  }
}
