package io.rostrum.media.avc;

import io.rostrum.media.ColourDescription;
import io.rostrum.media.SampleAspectRatio;
import io.rostrum.media.avc.VideoUsability.Reordering;
import io.rostrum.media.avc.VideoUsability.Timing;
import io.rostrum.media.bits.BitWriter;
import java.util.Random;

/**
 * Writes sequence parameter sets with every optional part of ITU-T H.264 §7.3.2.1.1 and §E.1.1
 * present or absent at random, and knows what a reader must find.
 */
final class SpsWriter {

  private static final int[] PROFILES = {66, 77, 88, 100, 110, 122, 244, 44};

  private final Random random;
  private final BitWriter bits = new BitWriter();

  SpsWriter(long seed) {
    random = new Random(seed);
  }

  /** Bytes and meaning. */
  record Written(byte[] nalUnit, SequenceParameterSet expected) {}

  Written write() {
    int profile = PROFILES[random.nextInt(PROFILES.length)];
    int constraints = random.nextInt(64) << 2;
    int level = new int[] {9, 10, 11, 13, 20, 31, 40, 51, 62}[random.nextInt(9)];
    int id = random.nextInt(32);
    bits.bits(profile, 8).bits(constraints, 8).bits(level, 8).unsignedExpGolomb(id);
    int chroma = 1;
    boolean separate = false;
    int luma = 8;
    int chromaDepth = 8;
    if (profile >= 100 || profile == 44) {
      chroma = random.nextInt(4);
      luma = 8 + random.nextInt(7);
      chromaDepth = 8 + random.nextInt(7);
      bits.unsignedExpGolomb(chroma);
      if (chroma == 3) {
        separate = random.nextBoolean();
        bits.flag(separate);
      }
      bits.unsignedExpGolomb(luma - 8)
          .unsignedExpGolomb(chromaDepth - 8)
          .flag(random.nextBoolean());
      scalingMatrix(chroma);
    }
    bits.unsignedExpGolomb(random.nextInt(13));
    int orderType = random.nextInt(3);
    pictureOrder(orderType);
    int refs = random.nextInt(17);
    bits.unsignedExpGolomb(refs).flag(random.nextBoolean());
    boolean frames = random.nextBoolean();
    int mbWidth = 1 + random.nextInt(256);
    int mapHeight = 1 + random.nextInt(120);
    bits.unsignedExpGolomb(mbWidth - 1).unsignedExpGolomb(mapHeight - 1).flag(frames);
    int mbHeight = frames ? mapHeight : 2 * mapHeight;
    if (!frames) {
      bits.flag(random.nextBoolean());
    }
    bits.flag(random.nextBoolean());
    int width = 16 * mbWidth;
    int height = 16 * mbHeight;
    boolean crop = random.nextBoolean();
    bits.flag(crop);
    if (crop) {
      int unitX = separate || chroma == 0 || chroma == 3 ? 1 : 2;
      int unitY = (separate || chroma != 1 ? 1 : 2) * (frames ? 1 : 2);
      int left = random.nextInt(4);
      int right = random.nextInt(3);
      int top = random.nextInt(2);
      int bottom = random.nextInt(2);
      bits.unsignedExpGolomb(left).unsignedExpGolomb(right);
      bits.unsignedExpGolomb(top).unsignedExpGolomb(bottom);
      width -= unitX * (left + right);
      height -= unitY * (top + bottom);
    }
    VideoUsability usability = VideoUsability.NONE;
    boolean vui = random.nextInt(4) > 0;
    bits.flag(vui);
    if (vui) {
      usability = usability();
    }
    bits.flag(true).alignToByte(); // rbsp_trailing_bits
    SequenceParameterSet expected =
        new SequenceParameterSet(
            profile,
            constraints,
            level,
            id,
            chroma,
            luma,
            chromaDepth,
            orderType,
            refs,
            frames,
            mbWidth,
            mbHeight,
            width,
            height,
            usability);
    byte[] payload = EmulationPrevention.insert(bits.toByteArray());
    byte[] nalUnit = new byte[payload.length + 1];
    nalUnit[0] = 0x67;
    System.arraycopy(payload, 0, nalUnit, 1, payload.length);
    return new Written(nalUnit, expected);
  }

  private void scalingMatrix(int chroma) {
    boolean present = random.nextBoolean();
    bits.flag(present);
    for (int list = 0; present && list < (chroma == 3 ? 12 : 8); list++) {
      boolean listPresent = random.nextBoolean();
      bits.flag(listPresent);
      int next = 8;
      for (int i = 0; listPresent && next != 0 && i < (list < 6 ? 16 : 64); i++) {
        // Sometimes zero: the rest of the list then repeats the last value and is not coded.
        int wanted = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(255);
        int delta = wanted - next;
        bits.signedExpGolomb(delta > 127 ? delta - 256 : delta < -128 ? delta + 256 : delta);
        next = wanted;
      }
    }
  }

  private void pictureOrder(int type) {
    bits.unsignedExpGolomb(type);
    if (type == 0) {
      bits.unsignedExpGolomb(random.nextInt(13));
    } else if (type == 1) {
      int count = random.nextInt(5);
      bits.flag(random.nextBoolean()).signedExpGolomb(random.nextInt() >> 1);
      bits.signedExpGolomb(random.nextInt(100) - 50).unsignedExpGolomb(count);
      for (int i = 0; i < count; i++) {
        bits.signedExpGolomb(random.nextInt(100) - 50);
      }
    }
  }

  private VideoUsability usability() {
    SampleAspectRatio aspect = aspectRatio();
    if (flag()) {
      bits.flag(random.nextBoolean()); // overscan
    }
    ColourDescription colour = colour();
    if (flag()) {
      bits.unsignedExpGolomb(random.nextInt(6)).unsignedExpGolomb(random.nextInt(6));
    }
    Timing timing = null;
    if (flag()) {
      timing =
          new Timing(
              1 + random.nextInt(2000),
              1 + (random.nextInt() & 0xFFFF_FFFEL),
              random.nextBoolean());
      bits.bits(timing.unitsPerTick(), 32)
          .bits(timing.timeScale(), 32)
          .flag(timing.fixedFrameRate());
    }
    boolean nal = flag();
    if (nal) {
      hrd();
    }
    boolean vcl = flag();
    if (vcl) {
      hrd();
    }
    if (nal || vcl) {
      bits.flag(random.nextBoolean());
    }
    bits.flag(random.nextBoolean());
    Reordering reordering = null;
    if (flag()) {
      reordering = new Reordering(random.nextInt(5), 4 + random.nextInt(13));
      bits.flag(random.nextBoolean());
      for (int i = 0; i < 4; i++) {
        bits.unsignedExpGolomb(random.nextInt(17));
      }
      bits.unsignedExpGolomb(reordering.maxReorderFrames());
      bits.unsignedExpGolomb(reordering.maxDecFrameBuffering());
    }
    return new VideoUsability(aspect, colour, timing, reordering);
  }

  private SampleAspectRatio aspectRatio() {
    if (!flag()) {
      return null;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        bits.bits(1, 8);
        return new SampleAspectRatio(1, 1);
      }
      case 1 -> {
        bits.bits(14, 8);
        return new SampleAspectRatio(4, 3);
      }
      case 2 -> {
        int width = 1 + random.nextInt(65_535);
        bits.bits(255, 8).bits(width, 16).bits(720, 16);
        return new SampleAspectRatio(width, 720);
      }
      default -> {
        bits.bits(0, 8); // unspecified
        return null;
      }
    }
  }

  private ColourDescription colour() {
    if (!flag()) {
      return null;
    }
    boolean full = random.nextBoolean();
    bits.bits(5, 3).flag(full);
    if (!flag()) {
      return full ? new ColourDescription(2, 2, 2, true) : null;
    }
    ColourDescription colour =
        new ColourDescription(random.nextInt(256), random.nextInt(256), random.nextInt(256), full);
    bits.bits(colour.primaries(), 8).bits(colour.transfer(), 8).bits(colour.matrix(), 8);
    return colour;
  }

  private void hrd() {
    int count = 1 + random.nextInt(32);
    bits.unsignedExpGolomb(count - 1).bits(random.nextInt(256), 8);
    for (int i = 0; i < count; i++) {
      bits.unsignedExpGolomb(random.nextInt() & 0x7FFF_FFFFL)
          .unsignedExpGolomb(random.nextInt(1000));
      bits.flag(random.nextBoolean());
    }
    bits.bits(random.nextInt(1 << 20), 20);
  }

  private boolean flag() {
    boolean value = random.nextBoolean();
    bits.flag(value);
    return value;
  }
}
