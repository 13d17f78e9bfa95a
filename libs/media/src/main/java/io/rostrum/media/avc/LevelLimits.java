package io.rostrum.media.avc;

/** Limits of ITU-T H.264 (08/2021) table A-1. */
final class LevelLimits {

  /** MaxFS of level 6.2: no picture of any level has more macroblocks. */
  static final int LARGEST_FRAME_MBS = 139_264;

  private LevelLimits() {}

  /**
   * MaxDpbMbs; of the highest level for a level_idc that the table does not know, because too much
   * is safe.
   */
  static int maxDpbMbs(int levelIdc, boolean level1b) {
    if (level1b) {
      return 396;
    }
    return switch (levelIdc) {
      case 10 -> 396;
      case 11 -> 900;
      case 12, 13, 20 -> 2_376;
      case 21 -> 4_752;
      case 22, 30 -> 8_100;
      case 31 -> 18_000;
      case 32 -> 20_480;
      case 40, 41 -> 32_768;
      case 42 -> 34_816;
      case 50 -> 110_400;
      case 51, 52 -> 184_320;
      default -> 696_320;
    };
  }
}
