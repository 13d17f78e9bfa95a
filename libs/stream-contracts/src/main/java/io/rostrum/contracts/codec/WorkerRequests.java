package io.rostrum.contracts.codec;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes {@link WorkerRequest}s as frames. */
public final class WorkerRequests {
  private static final int CONFIGURE = 1;
  private static final int BEGIN_SEGMENT = 2;
  private static final int SAMPLE = 3;
  private static final int END_SEGMENT = 4;
  private static final int SHUTDOWN = 5;
  private static final int BUFFER_BYTES = 64 * 1024;

  private WorkerRequests() {}

  /**
   * The parent's side: the worker's standard input. Safe for use by several threads; a request is
   * written whole.
   */
  public static final class Writer implements Closeable {
    private final OutputStream out;
    private final FrameOutput frame = new FrameOutput();

    /**
     * @param out closed with this writer
     */
    public Writer(OutputStream out) {
      this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /**
     * Writes a request into the buffer; {@link #flush} sends it. Blocks while the worker is behind.
     */
    public synchronized void write(WorkerRequest request) throws IOException {
      encode(request, frame);
      frame.writeTo(out);
    }

    /** Sends everything written so far. */
    public synchronized void flush() throws IOException {
      out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
      out.close();
    }
  }

  /** The worker's side. For one thread. */
  public static final class Reader implements Closeable {
    private final InputStream in;
    private final FrameInput frame;

    /**
     * @param in closed with this reader
     */
    public Reader(InputStream in) {
      this.in = new BufferedInputStream(in, BUFFER_BYTES);
      this.frame = new FrameInput(this.in);
    }

    /**
     * Waits for the next request.
     *
     * @return the request, or null at the end of the stream
     * @throws WorkerProtocolException if it is malformed or cut off; nothing can be read after it
     */
    public WorkerRequest read() throws IOException {
      int type = frame.next();
      if (type < 0) {
        return null;
      }
      try {
        WorkerRequest request = decode(type, frame);
        frame.end();
        return request;
      } catch (IllegalArgumentException e) {
        throw new WorkerProtocolException("request of type " + type + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static void encode(WorkerRequest request, FrameOutput out) {
    if (request instanceof WorkerRequest.Sample sample) {
      out.begin(SAMPLE);
      out.i64(sample.ptsTicks());
      out.i64(sample.dtsTicks());
      out.bool(sample.sync());
      out.bytes(sample.data());
    } else if (request instanceof WorkerRequest.BeginSegment begin) {
      out.begin(BEGIN_SEGMENT);
      out.i64(begin.msn());
      out.i64(begin.startPtsTicks());
    } else if (request instanceof WorkerRequest.EndSegment end) {
      out.begin(END_SEGMENT);
      out.i64(end.msn());
      out.i64(end.endPtsTicks());
    } else if (request instanceof WorkerRequest.Configure configure) {
      out.begin(CONFIGURE);
      encode(configure, out);
    } else {
      out.begin(SHUTDOWN);
    }
  }

  private static void encode(WorkerRequest.Configure configure, FrameOutput out) {
    VideoInput input = configure.input();
    out.name(input.codec());
    out.bytes(input.decoderConfig());
    out.i32(input.width());
    out.i32(input.height());
    out.i32(input.timescale());
    out.u8(configure.rungs().size());
    for (Rung rung : configure.rungs()) {
      out.name(rung.name());
      out.i32(rung.width());
      out.i32(rung.height());
      out.i32(rung.frameRate().numerator());
      out.i32(rung.frameRate().denominator());
      out.i32(rung.crf());
      out.i32(rung.maxBitrateKbps());
      out.i32(rung.bufferKbits());
      out.i32(rung.keyframeIntervalFrames());
      out.name(rung.preset());
      out.name(rung.profile());
      out.i32(rung.levelIdc());
    }
    WorkerLimits limits = configure.limits();
    out.i32(limits.maxPixels());
    out.i32(limits.maxFramesPerSegment());
    out.i32(limits.maxSegmentBytes());
    out.i32(limits.segmentBusyLimitMs());
  }

  private static WorkerRequest decode(int type, FrameInput in) throws WorkerProtocolException {
    return switch (type) {
      case CONFIGURE -> decodeConfigure(in);
      case BEGIN_SEGMENT -> new WorkerRequest.BeginSegment(in.i64(), in.i64());
      case SAMPLE ->
          new WorkerRequest.Sample(
              in.i64(), in.i64(), in.bool(), in.bytes("sample", WorkerProtocol.MAX_SAMPLE_BYTES));
      case END_SEGMENT -> new WorkerRequest.EndSegment(in.i64(), in.i64());
      case SHUTDOWN -> new WorkerRequest.Shutdown();
      default -> throw new WorkerProtocolException("unknown request type " + type);
    };
  }

  private static WorkerRequest.Configure decodeConfigure(FrameInput in)
      throws WorkerProtocolException {
    VideoInput input =
        new VideoInput(
            in.name("codec"),
            in.bytes("decoder configuration", WorkerProtocol.MAX_DECODER_CONFIG_BYTES),
            in.i32(),
            in.i32(),
            in.i32());
    int count = in.u8();
    if (count > WorkerProtocol.MAX_RUNGS) {
      throw new WorkerProtocolException(
          count + " rungs are over the limit of " + WorkerProtocol.MAX_RUNGS);
    }
    List<Rung> rungs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rungs.add(
          new Rung(
              in.name("rung"),
              in.i32(),
              in.i32(),
              new FrameRate(in.i32(), in.i32()),
              in.i32(),
              in.i32(),
              in.i32(),
              in.i32(),
              in.name("preset"),
              in.name("profile"),
              in.i32()));
    }
    return new WorkerRequest.Configure(
        input, rungs, new WorkerLimits(in.i32(), in.i32(), in.i32(), in.i32()));
  }
}
