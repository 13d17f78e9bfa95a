package io.rostrum.codecworker.segment;

import io.rostrum.codecworker.h264.ParameterSets;
import io.rostrum.codecworker.libav.LibavException;
import io.rostrum.codecworker.libav.Picture;
import io.rostrum.codecworker.libav.VideoEncoder;
import io.rostrum.contracts.codec.Rung;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * One rung's encoder on its own thread. The worker's thread takes a free canvas, fills it and
 * submits it with its slot; canvases are few, so a slow rung holds the others up rather than
 * filling memory. A lane that fails goes on taking and returning canvases, so that nobody waits for
 * it in vain, and reports at the end.
 */
final class RungLane implements AutoCloseable {
  private static final int CANVASES = 4;

  private final Rung rung;
  private final byte[] expectedAvcC;
  private final PacketGate gate;
  private final Consumer<Throwable> onFailure;
  private final List<Picture> canvases = new ArrayList<>();
  private final BlockingQueue<Picture> free = new ArrayBlockingQueue<>(CANVASES);
  private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
  private final Thread thread;

  private VideoEncoder encoder;
  private Picture latest;
  private int nextSlot;
  private boolean failed;
  private boolean finished;

  /**
   * @param rung what to encode
   * @param expectedAvcC what every encoder of the rung must announce
   * @param gate gets the encoded frames
   * @param onFailure told once, on the lane's thread
   */
  RungLane(Rung rung, byte[] expectedAvcC, PacketGate gate, Consumer<Throwable> onFailure) {
    this.rung = rung;
    this.expectedAvcC = expectedAvcC;
    this.gate = gate;
    this.onFailure = onFailure;
    try {
      for (int i = 0; i < CANVASES; i++) {
        Picture canvas = new Picture(rung.width(), rung.height());
        canvases.add(canvas);
        free.add(canvas);
      }
    } catch (RuntimeException e) {
      canvases.forEach(Picture::close);
      throw e;
    }
    thread = new Thread(this::run, "rung-" + rung.name());
    thread.setDaemon(true);
    steps.add(this::open);
    thread.start();
  }

  /** A canvas to fill; waits for the lane to return one. */
  Picture takeCanvas() {
    try {
      return free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SegmentException("interrupted while encoding");
    }
  }

  /** Encodes a canvas into its slot, and the picture before it into the empty slots up to there. */
  void submit(Picture canvas, int slot) {
    steps.add(() -> encodeAt(canvas, slot));
  }

  /** See {@link PacketGate#whole}. */
  void whole(long slots) {
    steps.add(
        () -> {
          if (!failed) {
            gate.whole(slots);
          }
        });
  }

  /** Fills the grid with the last picture and lets everything go; {@link #await} for it. */
  void end(int slots, long endOut) {
    steps.add(
        () -> {
          fillTo(slots, latest);
          if (!failed) {
            gate.end(slots, endOut);
          }
        });
    steps.add(() -> finished = true);
  }

  /** Waits until the lane has done all it was given, after {@link #end}. */
  void await() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SegmentException("interrupted while encoding");
    }
  }

  private void run() {
    try {
      while (!finished) {
        Runnable step = steps.take();
        try {
          step.run();
        } catch (Throwable e) {
          // Also errors: whatever happens to a lane, the worker must hear of it and the canvases
          // must go round.
          fail(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } finally {
      if (encoder != null) {
        encoder.close();
      }
    }
  }

  private void open() {
    encoder = new VideoEncoder(rung);
    if (!Arrays.equals(encoder.parameterSets().toAvcC(), expectedAvcC)) {
      throw new LibavException(
          "rung "
              + rung.name()
              + ": a fresh encoder announces another configuration than the first");
    }
  }

  private void encodeAt(Picture canvas, int slot) {
    Picture before = latest;
    latest = canvas;
    try {
      if (!failed) {
        fillTo(slot, before == null ? canvas : before);
        encode(canvas);
      }
    } finally {
      if (before != null) {
        free.add(before);
      }
    }
  }

  private void fillTo(int slots, Picture picture) {
    while (!failed && nextSlot < slots) {
      encode(picture);
    }
  }

  private void encode(Picture picture) {
    ParameterSets.Sample sample = encoder.encode(picture, nextSlot);
    nextSlot++;
    gate.encoded(sample);
  }

  private void fail(Throwable cause) {
    if (!failed) {
      failed = true;
      onFailure.accept(cause);
    }
  }

  /** Stops the lane where it is, waits for its thread, and frees its memory. */
  @Override
  public void close() {
    steps.add(
        () -> {
          failed = true;
          finished = true;
        });
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    canvases.forEach(Picture::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
