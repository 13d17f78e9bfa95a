package io.rostrum.media;

import io.rostrum.media.aac.AudioSpecificConfig;
import io.rostrum.media.ac3.Ac3Frame;
import io.rostrum.media.flac.FlacStreamInfo;
import io.rostrum.media.opus.OpusHead;
import java.util.Arrays;
import java.util.Objects;

/**
 * The format of an audio track, whose timescale is its sample rate. The configuration array is not
 * copied: neither creator nor reader may write to it.
 *
 * @param codec the codec
 * @param decoderConfig its configuration; see {@link AudioCodec}
 * @param sampleRate samples per second that come out of the decoder
 * @param channels channels that come out of the decoder
 */
public record AudioFormat(AudioCodec codec, byte[] decoderConfig, int sampleRate, int channels)
    implements TrackFormat {

  /** Samples per second of every Opus track: RFC 7845 §4. */
  public static final int OPUS_SAMPLE_RATE = 48_000;

  /**
   * Samples in a 20 ms Opus packet, which is what encoders for live use send unless told otherwise.
   */
  private static final int OPUS_USUAL_SAMPLES_PER_PACKET = 960;

  /** Six blocks of 256: every AC-3 frame, and what Enhanced AC-3 usually is. */
  private static final int AC3_SAMPLES_PER_FRAME = 1_536;

  public AudioFormat {
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(decoderConfig, "decoderConfig");
    if (sampleRate < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "Impossible audio format: " + sampleRate + " Hz, " + channels + " channels");
    }
    try {
      requireReadable(codec, decoderConfig);
    } catch (MalformedMediaException e) {
      throw new IllegalArgumentException("Not a configuration of " + codec, e);
    }
  }

  /**
   * The format of an AAC track.
   *
   * @param asc an {@code AudioSpecificConfig}, ISO/IEC 14496-3:2019 §1.6.2.1
   * @throws MalformedMediaException if it cannot be read
   */
  public static AudioFormat ofAac(byte[] asc) throws MalformedMediaException {
    AudioSpecificConfig config = AudioSpecificConfig.parse(asc);
    return new AudioFormat(AudioCodec.AAC, asc, config.outputSampleRate(), config.outputChannels());
  }

  /**
   * The format of an Opus track.
   *
   * @param head an RFC 7845 §5.1 identification header; {@link OpusHead#ofChannels} makes one
   * @throws MalformedMediaException if it cannot be read
   */
  public static AudioFormat ofOpus(byte[] head) throws MalformedMediaException {
    return new AudioFormat(
        AudioCodec.OPUS, head, OPUS_SAMPLE_RATE, OpusHead.parse(head).channels());
  }

  /**
   * The format of an AC-3 or Enhanced AC-3 track.
   *
   * @param config body of a {@code dac3} or {@code dec3} box; {@link Ac3Frame#toDecoderConfig}
   *     makes one of a frame
   * @throws MalformedMediaException if it cannot be read
   */
  public static AudioFormat ofAc3(AudioCodec codec, byte[] config) throws MalformedMediaException {
    Ac3Frame frame = Ac3Frame.parseDecoderConfig(codec, config);
    return new AudioFormat(codec, config, frame.sampleRate(), frame.channels());
  }

  /**
   * The format of a FLAC track.
   *
   * @param metadata whatever {@link FlacStreamInfo#toBlock} takes
   * @throws MalformedMediaException if it cannot be read
   */
  public static AudioFormat ofFlac(byte[] metadata) throws MalformedMediaException {
    byte[] block = FlacStreamInfo.toBlock(metadata);
    FlacStreamInfo info = FlacStreamInfo.parse(block);
    return new AudioFormat(AudioCodec.FLAC, block, info.sampleRate(), info.channels());
  }

  private static void requireReadable(AudioCodec codec, byte[] config)
      throws MalformedMediaException {
    switch (codec) {
      case AAC -> AudioSpecificConfig.parse(config);
      case OPUS -> OpusHead.parse(config);
      case AC3, EAC3 -> Ac3Frame.parseDecoderConfig(codec, config);
      case FLAC -> FlacStreamInfo.parse(config);
      default -> throw new IllegalArgumentException("No reader for " + codec);
    }
  }

  @Override
  public int timescale() {
    return sampleRate;
  }

  /**
   * Samples of one access unit. AAC: 1024, or 960 with the short frame length, twice that where SBR
   * is signalled. Opus packets may vary from one to the next; this is the usual 20 ms. AC-3: 1536.
   * FLAC: the longest.
   */
  public int samplesPerFrame() {
    try {
      return switch (codec) {
        case AAC -> AudioSpecificConfig.parse(decoderConfig).outputSamplesPerFrame();
        case OPUS -> OPUS_USUAL_SAMPLES_PER_PACKET;
        case AC3, EAC3 -> AC3_SAMPLES_PER_FRAME;
        case FLAC -> FlacStreamInfo.parse(decoderConfig).maxBlockSamples();
      };
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("The decoder configuration was changed", e);
    }
  }

  @Override
  public String rfc6381() {
    return CodecString.of(codec, decoderConfig);
  }

  /** Compares the configuration's bytes, not the identity of the array. */
  @Override
  public boolean equals(Object other) {
    return other instanceof AudioFormat that
        && codec == that.codec
        && sampleRate == that.sampleRate
        && channels == that.channels
        && Arrays.equals(decoderConfig, that.decoderConfig);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(codec, sampleRate, channels) + Arrays.hashCode(decoderConfig);
  }

  @Override
  public String toString() {
    return "AudioFormat[" + rfc6381() + ", " + sampleRate + " Hz, channels=" + channels + "]";
  }
}
