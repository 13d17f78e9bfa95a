package io.rostrum.media.flac;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.bits.BitReader;
import java.util.Arrays;

/**
 * The STREAMINFO metadata block, RFC 9639 §8.2: the configuration of a FLAC stream.
 *
 * @param maxBlockSamples longest frame in samples
 * @param sampleRate in Hz
 * @param channels 1 to 8
 * @param bitsPerSample 4 to 32
 */
public record FlacStreamInfo(int maxBlockSamples, int sampleRate, int channels, int bitsPerSample) {

  /** The block with its header. */
  public static final int BLOCK_LENGTH = 38;

  private static final String FORMAT = "FLAC STREAMINFO";
  private static final byte[] MAGIC = {'f', 'L', 'a', 'C'};
  private static final int BODY_LENGTH = 34;
  private static final int LAST_BLOCK = 0x80;

  /**
   * The STREAMINFO block alone, marked as the last: the form in which this library keeps it, and
   * the body of a {@code dfLa} box behind its version and flags.
   *
   * @param config what senders have: metadata blocks, with or without the stream's four letters in
   *     front, or the block's body without header
   * @throws MalformedMediaException if there is no STREAMINFO at its start
   */
  public static byte[] toBlock(byte[] config) throws MalformedMediaException {
    int at =
        config.length >= MAGIC.length
                && Arrays.equals(config, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
            ? MAGIC.length
            : 0;
    byte[] block = new byte[BLOCK_LENGTH];
    block[0] = (byte) LAST_BLOCK;
    block[3] = BODY_LENGTH;
    if (config.length == BODY_LENGTH) {
      System.arraycopy(config, 0, block, 4, BODY_LENGTH);
      return block;
    }
    BitReader bits = new BitReader(FORMAT, config, at, config.length - at);
    bits.skip(1); // whether it is the last
    if (bits.intBits(7) != 0 || bits.intBits(24) != BODY_LENGTH) {
      throw bits.malformed("is not the first metadata block");
    }
    bits.skip(8 * BODY_LENGTH);
    System.arraycopy(config, at + 4, block, 4, BODY_LENGTH);
    return block;
  }

  /**
   * Reads a block as {@link #toBlock} makes it.
   *
   * @throws MalformedMediaException if it is none
   */
  public static FlacStreamInfo parse(byte[] block) throws MalformedMediaException {
    BitReader bits = new BitReader(FORMAT, block);
    if (bits.intBits(8) != LAST_BLOCK || bits.intBits(24) != BODY_LENGTH) {
      throw bits.malformed("is not a single STREAMINFO block");
    }
    bits.skip(16); // minimum block size
    int maxBlock = bits.intBits(16);
    bits.skip(48); // frame sizes
    int rate = bits.intBits(20);
    int channels = bits.intBits(3) + 1;
    int depth = bits.intBits(5) + 1;
    bits.skip(36 + 128); // total samples, MD5
    if (rate == 0 || maxBlock == 0) {
      throw bits.malformed(rate + " Hz in blocks of " + maxBlock + " samples");
    }
    return new FlacStreamInfo(maxBlock, rate, channels, depth);
  }
}
