package io.rostrum.media.cmaf;

/** Flags of {@code tfhd} and {@code trun}, ISO/IEC 14496-12:2022 §8.8.7.1 and §8.8.8.1. */
final class TrackRunFlags {

  static final int TFHD_BASE_DATA_OFFSET = 0x1;
  static final int TFHD_DESCRIPTION_INDEX = 0x2;
  static final int TFHD_DEFAULT_DURATION = 0x8;
  static final int TFHD_DEFAULT_SIZE = 0x10;
  static final int TFHD_DEFAULT_FLAGS = 0x20;
  static final int TFHD_DEFAULT_BASE_IS_MOOF = 0x2_0000;

  static final int TRUN_DATA_OFFSET = 0x1;
  static final int TRUN_FIRST_FLAGS = 0x4;
  static final int TRUN_DURATION = 0x100;
  static final int TRUN_SIZE = 0x200;
  static final int TRUN_FLAGS = 0x400;
  static final int TRUN_COMPOSITION_OFFSET = 0x800;

  private TrackRunFlags() {}
}
