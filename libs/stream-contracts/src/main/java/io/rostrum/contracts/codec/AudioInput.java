package io.rostrum.contracts.codec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * What the audio samples of a publication are coded in.
 *
 * @param codec one of this record's names; a worker answers another with {@link
 *     WorkerReply.ConfigureFailed}
 * @param decoderConfig the codec's configuration as in the sample entry: AudioSpecificConfig for
 *     AAC (ISO/IEC 14496-3 §1.6.2.1), OpusHead for Opus (RFC 7845 §5.1), STREAMINFO for FLAC (RFC
 *     9639 §8.2); empty for the others (shared, not copied: do not change it)
 * @param sampleRate samples per second as declared; the bitstream has the last word
 * @param channels as declared; the bitstream has the last word
 * @param timescale ticks per second of the samples' times
 */
public record AudioInput(
    String codec, byte[] decoderConfig, int sampleRate, int channels, int timescale) {
  /** AAC, also HE-AAC, as raw access units without ADTS. */
  public static final String AAC = "aac";

  /** Opus, one packet a sample. */
  public static final String OPUS = "opus";

  /** AC-3, one syncframe a sample. */
  public static final String AC3 = "ac3";

  /** Enhanced AC-3. */
  public static final String EAC3 = "eac3";

  /** FLAC, one frame a sample. */
  public static final String FLAC = "flac";

  /** MPEG-1 and MPEG-2 layer III, one frame a sample. */
  public static final String MP3 = "mp3";

  public AudioInput {
    Checks.name("codec", codec);
    Objects.requireNonNull(decoderConfig, "decoderConfig");
    Checks.range(
        "decoderConfig bytes", decoderConfig.length, 0, WorkerProtocol.MAX_DECODER_CONFIG_BYTES);
    Checks.range("sampleRate", sampleRate, 1, WorkerProtocol.MAX_SAMPLE_RATE);
    Checks.range("channels", channels, 1, WorkerProtocol.MAX_INPUT_CHANNELS);
    Checks.range("timescale", timescale, 1, WorkerProtocol.MAX_TIMESCALE);
  }

  void writeTo(FrameOutput out) {
    out.name(codec);
    out.bytes(decoderConfig);
    out.i32(sampleRate);
    out.i32(channels);
    out.i32(timescale);
  }

  static AudioInput readFrom(FrameInput in) throws WorkerProtocolException {
    return new AudioInput(
        in.name("codec"),
        in.bytes("decoder configuration", WorkerProtocol.MAX_DECODER_CONFIG_BYTES),
        in.i32(),
        in.i32(),
        in.i32());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AudioInput that
        && codec.equals(that.codec)
        && Arrays.equals(decoderConfig, that.decoderConfig)
        && sampleRate == that.sampleRate
        && channels == that.channels
        && timescale == that.timescale;
  }

  @Override
  public int hashCode() {
    return Objects.hash(codec, Arrays.hashCode(decoderConfig), sampleRate, channels, timescale);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %d Hz channels=%d timescale=%d config=%dB",
        codec,
        sampleRate,
        channels,
        timescale,
        decoderConfig.length);
  }
}
