package io.rostrum.contracts.codec;

/** The protocol's constants: its version, its clock and the limits that both sides check. */
public final class WorkerProtocol {
  /**
   * Sent in {@link WorkerReply.Ready}; parent and worker of different versions refuse each other.
   */
  public static final int VERSION = 4;

  /** Ticks per second of everything that a worker sends. */
  public static final int OUTPUT_TIMESCALE = 90_000;

  /** The largest frame, type and fields together: the largest sample with room for its header. */
  public static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

  /** The largest sample or encoded frame. */
  public static final int MAX_SAMPLE_BYTES = MAX_FRAME_BYTES - 1024;

  /**
   * The largest audio sample: more than an uncompressible FLAC frame of 65,535 samples of 2
   * channels.
   */
  public static final int MAX_AUDIO_SAMPLE_BYTES = 1024 * 1024;

  /** The largest thumbnail or poster. */
  public static final int MAX_THUMBNAIL_BYTES = 1024 * 1024;

  /** The largest decoder configuration record. */
  public static final int MAX_DECODER_CONFIG_BYTES = 64 * 1024;

  /** The longest name, in UTF-8 bytes. */
  public static final int MAX_NAME_BYTES = 256;

  /** The longest reason or build text, in UTF-8 bytes; the writer cuts what is longer. */
  public static final int MAX_TEXT_BYTES = 4096;

  /** The most rungs of one ladder. */
  public static final int MAX_RUNGS = 8;

  /** The widest and highest picture, in pixels. */
  public static final int MAX_DIMENSION_PIXELS = 8192;

  /** The highest timescale, in ticks per second. */
  public static final int MAX_TIMESCALE = 10_000_000;

  /** The highest sample rate of an input, in samples per second. */
  public static final int MAX_SAMPLE_RATE = 192_000;

  /** The most channels of an input. */
  public static final int MAX_INPUT_CHANNELS = 16;

  private WorkerProtocol() {}
}
