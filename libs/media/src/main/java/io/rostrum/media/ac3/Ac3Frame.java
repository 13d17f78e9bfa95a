package io.rostrum.media.ac3;

import io.rostrum.media.AudioCodec;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;
import io.rostrum.media.bits.BitWriter;
import java.util.Objects;

/**
 * What the syncframes of one access unit tell, ETSI TS 102 366 v1.4.1 §4.3 (AC-3) and §E.1.2
 * (Enhanced AC-3). Neither codec has a configuration of its own in streams: {@link
 * #toDecoderConfig} makes the one that MP4 stores.
 *
 * @param codec {@link AudioCodec#AC3} or {@link AudioCodec#EAC3}
 * @param rateCode fscod: 48, 44.1 or 32 kHz
 * @param streamId bsid
 * @param mode bsmod; 0 where Enhanced AC-3 has it too deep inside
 * @param channelMode acmod
 * @param lowFrequency lfeon
 * @param bitRateCode AC-3: half of frmsizecod. Enhanced AC-3: data rate in kbit/s
 * @param samples duration of the access unit
 */
public record Ac3Frame(
    AudioCodec codec,
    int rateCode,
    int streamId,
    int mode,
    int channelMode,
    boolean lowFrequency,
    int bitRateCode,
    int samples) {

  private static final String FORMAT = "AC-3 frame";
  private static final int SYNC_WORD = 0x0B77;
  private static final int SAMPLES_PER_BLOCK = 256;
  private static final int AC3_SAMPLES = 6 * SAMPLES_PER_BLOCK;
  private static final int HEADER_BYTES = 8;
  private static final int MAX_AC3_STREAM_ID = 10;
  private static final int EAC3_STREAM_ID = 16;
  private static final int MAX_DATA_RATE = 0x1FFF;
  private static final int[] RATES = {48_000, 44_100, 32_000};
  private static final int[] BLOCKS = {1, 2, 3, 6};

  /** Full-bandwidth channels by acmod, table 4.3. */
  private static final int[] CHANNELS = {2, 1, 2, 3, 3, 4, 4, 5};

  public Ac3Frame {
    if (codec != AudioCodec.AC3 && codec != AudioCodec.EAC3) {
      throw new IllegalArgumentException("Not a codec of AC-3's family: " + codec);
    }
  }

  /**
   * Reads the headers of an access unit.
   *
   * @throws MalformedMediaException if there is no syncframe at its start, or one is longer than
   *     the range
   */
  public static Ac3Frame parse(byte[] buffer, int offset, int length)
      throws MalformedMediaException {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length < HEADER_BYTES) {
      throw MalformedMediaException.malformed(FORMAT, "of " + length + " bytes", 0);
    }
    // bsid stands at the same place in both layouts.
    int streamId = (buffer[offset + 5] & 0xFF) >> 3;
    BitReader bits = new BitReader(FORMAT, buffer, offset, length);
    if (bits.intBits(16) != SYNC_WORD) {
      throw bits.malformed("does not begin with the sync word 0B77");
    }
    if (streamId <= MAX_AC3_STREAM_ID) {
      return ac3(bits);
    }
    if (streamId > EAC3_STREAM_ID) {
      throw MalformedMediaException.unsupported(FORMAT, "bsid " + streamId, 5);
    }
    return enhanced(bits, buffer, offset, length);
  }

  private static Ac3Frame ac3(BitReader bits) throws MalformedMediaException {
    bits.skip(16); // crc1
    int rate = bits.intBits(2);
    int sizeCode = bits.intBits(6);
    if (rate == 3 || sizeCode > 37) {
      throw bits.malformed("reserved sample rate or frame size");
    }
    int streamId = bits.intBits(5);
    int mode = bits.intBits(3);
    int channelMode = bits.intBits(3);
    // Mix levels stand between acmod and lfeon where there are such channels.
    bits.skip((channelMode & 1) == 1 && channelMode != 1 ? 2 : 0);
    bits.skip((channelMode & 4) != 0 ? 2 : 0);
    bits.skip(channelMode == 2 ? 2 : 0);
    return new Ac3Frame(
        AudioCodec.AC3, rate, streamId, mode, channelMode, bits.flag(), sizeCode >> 1, AC3_SAMPLES);
  }

  /** One or more syncframes; those of substream 0 make up the time, dependent ones add channels. */
  private static Ac3Frame enhanced(BitReader first, byte[] buffer, int offset, int length)
      throws MalformedMediaException {
    Ac3Frame frame = null;
    int at = 0;
    int blocks = 0;
    while (length - at >= HEADER_BYTES) {
      BitReader bits = new BitReader(FORMAT, buffer, offset + at, length - at);
      if (bits.intBits(16) != SYNC_WORD) {
        break;
      }
      int streamType = bits.intBits(2);
      int substream = bits.intBits(3);
      int size = 2 * (bits.intBits(11) + 1);
      int rate = bits.intBits(2);
      if (rate == 3) {
        throw MalformedMediaException.unsupported(FORMAT, "half sample rate", at + 4);
      }
      int frameBlocks = BLOCKS[bits.intBits(2)];
      if (streamType != 1 && substream == 0) {
        blocks += frameBlocks;
        if (frame == null) {
          int channelMode = bits.intBits(3);
          boolean lowFrequency = bits.flag();
          int streamId = bits.intBits(5);
          int kilobits = size * 8 * (RATES[rate] / 100) / (frameBlocks * SAMPLES_PER_BLOCK) / 10;
          frame =
              new Ac3Frame(
                  AudioCodec.EAC3,
                  rate,
                  streamId,
                  0,
                  channelMode,
                  lowFrequency,
                  Math.min(MAX_DATA_RATE, kilobits),
                  frameBlocks * SAMPLES_PER_BLOCK);
        }
      }
      at += size;
    }
    if (frame == null || at > length) {
      throw first.malformed("access unit without a whole independent frame");
    }
    return frame.lasting(blocks * SAMPLES_PER_BLOCK);
  }

  private Ac3Frame lasting(int newSamples) {
    return new Ac3Frame(
        codec, rateCode, streamId, mode, channelMode, lowFrequency, bitRateCode, newSamples);
  }

  /**
   * Reads what {@link #toDecoderConfig} has written; the duration is the usual six blocks.
   *
   * @throws MalformedMediaException if it is no such box body
   */
  public static Ac3Frame parseDecoderConfig(AudioCodec codec, byte[] config)
      throws MalformedMediaException {
    BitReader bits = new BitReader(codec == AudioCodec.AC3 ? "dac3" : "dec3", config);
    int dataRate = 0;
    if (codec == AudioCodec.EAC3) {
      dataRate = bits.intBits(13);
      bits.skip(3); // num_ind_sub: the first one speaks for all
    }
    int rate = bits.intBits(2);
    if (rate == 3) {
      throw bits.malformed("reserved sample rate");
    }
    int streamId = bits.intBits(5);
    bits.skip(codec == AudioCodec.EAC3 ? 2 : 0); // reserved, asvc
    int mode = bits.intBits(3);
    int channelMode = bits.intBits(3);
    boolean lowFrequency = bits.flag();
    int bitRateCode = codec == AudioCodec.AC3 ? bits.intBits(5) : dataRate;
    return new Ac3Frame(
        codec, rate, streamId, mode, channelMode, lowFrequency, bitRateCode, AC3_SAMPLES);
  }

  /** Body of a {@code dac3} box (§F.4) or {@code dec3} box (§F.6). A new array. */
  public byte[] toDecoderConfig() {
    BitWriter out = new BitWriter();
    if (codec == AudioCodec.EAC3) {
      out.bits(bitRateCode, 13).bits(0, 3);
      out.bits(rateCode, 2).bits(streamId, 5).bits(0, 2).bits(mode, 3).bits(channelMode, 3);
      // No dependent substream is announced: what such add is found in the stream.
      return out.flag(lowFrequency).bits(0, 3).bits(0, 4).bits(0, 1).toByteArray();
    }
    out.bits(rateCode, 2).bits(streamId, 5).bits(mode, 3).bits(channelMode, 3);
    return out.flag(lowFrequency).bits(bitRateCode, 5).bits(0, 5).toByteArray();
  }

  /** In Hz. */
  public int sampleRate() {
    return RATES[rateCode];
  }

  /** The low-frequency one included. */
  public int channels() {
    return CHANNELS[channelMode] + (lowFrequency ? 1 : 0);
  }
}
