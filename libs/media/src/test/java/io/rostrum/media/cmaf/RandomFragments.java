package io.rostrum.media.cmaf;

import io.rostrum.media.AccessUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Fragments of every shape that the compact forms of tfhd and trun distinguish. */
public final class RandomFragments {

  private RandomFragments() {}

  public static Fragment next(Random random) {
    int count = 1 + random.nextInt(8);
    boolean sameDuration = random.nextBoolean();
    boolean sameSize = random.nextBoolean();
    int offsetKind = random.nextInt(3);
    int syncKind = random.nextInt(4);
    long time =
        random.nextBoolean() ? random.nextInt(100) : random.nextLong() >>> 2 + random.nextInt(40);
    List<AccessUnit> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int duration = sameDuration ? 3003 : random.nextInt(5000);
      byte[] data = new byte[sameSize ? 5 : 1 + random.nextInt(50)];
      random.nextBytes(data);
      boolean sync =
          switch (syncKind) {
            case 0 -> true;
            case 1 -> false;
            case 2 -> i == 0;
            default -> random.nextBoolean();
          };
      int offset = offsetKind == 0 ? 0 : offsetKind == 1 ? 1001 : random.nextInt(20_000) - 10_000;
      samples.add(new AccessUnit(time, offset, duration, sync, data));
      time += duration;
    }
    return new Fragment(random.nextInt(), 1 + random.nextInt(3), samples);
  }
}
