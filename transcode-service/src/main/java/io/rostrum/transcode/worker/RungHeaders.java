package io.rostrum.transcode.worker;

import io.rostrum.contracts.codec.Rung;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The avcC that encoders of a build give each rung. It follows from the rung alone, so what one
 * broadcast's codec child has said lets the next broadcast go on the air while its own child still
 * starts, or hangs. The owner loop's thread only.
 */
public final class RungHeaders {
  /** Far more than one ladder per shape and frame rate of publishers' pictures. */
  private static final int MOST = 256;

  private final Map<Rung, byte[]> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Rung, byte[]> eldest) {
          return size() > MOST;
        }
      };

  /** Null where no child has said it yet. */
  byte[] get(Rung rung) {
    return known.get(rung);
  }

  /** Keeps what a child has said last: its build may have been replaced under a running service. */
  void put(Rung rung, byte[] decoderConfig) {
    known.put(rung, decoderConfig);
  }
}
