package io.rostrum.contracts.codec;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads and writes {@link WorkerReply}s as frames. */
public final class WorkerReplies {
  private static final int READY = 1;
  private static final int RUNG_READY = 2;
  private static final int CONFIGURE_FAILED = 3;
  private static final int ENCODED = 4;
  private static final int SEGMENT_DONE = 5;
  private static final int SEGMENT_FAILED = 6;
  private static final int BUFFER_BYTES = 64 * 1024;

  private WorkerReplies() {}

  /**
   * The worker's side: its standard output. Safe for use by several threads; a reply is written
   * whole.
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
     * Writes a reply and sends it at once: a viewer waits for it. Blocks while the parent does not
     * read.
     */
    public synchronized void write(WorkerReply reply) throws IOException {
      encode(reply, frame);
      frame.writeTo(out);
      out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
      out.close();
    }
  }

  /** The parent's side. For one thread. */
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
     * Waits for the next reply.
     *
     * @return the reply, or null at the end of the stream
     * @throws WorkerProtocolException if it is malformed or cut off; nothing can be read after it
     */
    public WorkerReply read() throws IOException {
      int type = frame.next();
      if (type < 0) {
        return null;
      }
      try {
        WorkerReply reply = decode(type, frame);
        frame.end();
        return reply;
      } catch (IllegalArgumentException e) {
        throw new WorkerProtocolException("reply of type " + type + ": " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private static void encode(WorkerReply reply, FrameOutput out) {
    if (reply instanceof WorkerReply.Encoded encoded) {
      out.begin(ENCODED);
      out.i64(encoded.msn());
      out.name(encoded.rung());
      out.i64(encoded.dtsTicks());
      out.i64(encoded.ptsTicks());
      out.i32(encoded.durationTicks());
      out.bool(encoded.sync());
      out.bytes(encoded.data());
    } else if (reply instanceof WorkerReply.SegmentDone done) {
      out.begin(SEGMENT_DONE);
      out.i64(done.msn());
    } else if (reply instanceof WorkerReply.SegmentFailed failed) {
      out.begin(SEGMENT_FAILED);
      out.i64(failed.msn());
      out.text(failed.reason());
    } else if (reply instanceof WorkerReply.RungReady ready) {
      out.begin(RUNG_READY);
      out.name(ready.rung());
      out.bytes(ready.decoderConfig());
      out.i32(ready.width());
      out.i32(ready.height());
    } else if (reply instanceof WorkerReply.ConfigureFailed failed) {
      out.begin(CONFIGURE_FAILED);
      out.text(failed.reason());
    } else if (reply instanceof WorkerReply.Ready ready) {
      out.begin(READY);
      out.i32(ready.protocolVersion());
      out.text(ready.build());
      out.text(ready.cpuFeatures());
    }
  }

  private static WorkerReply decode(int type, FrameInput in) throws WorkerProtocolException {
    return switch (type) {
      case READY -> new WorkerReply.Ready(in.i32(), in.text("build"), in.text("cpuFeatures"));
      case RUNG_READY ->
          new WorkerReply.RungReady(
              in.name("rung"),
              in.bytes("decoder configuration", WorkerProtocol.MAX_DECODER_CONFIG_BYTES),
              in.i32(),
              in.i32());
      case CONFIGURE_FAILED -> new WorkerReply.ConfigureFailed(in.text("reason"));
      case ENCODED ->
          new WorkerReply.Encoded(
              in.i64(),
              in.name("rung"),
              in.i64(),
              in.i64(),
              in.i32(),
              in.bool(),
              in.bytes("frame", WorkerProtocol.MAX_SAMPLE_BYTES));
      case SEGMENT_DONE -> new WorkerReply.SegmentDone(in.i64());
      case SEGMENT_FAILED -> new WorkerReply.SegmentFailed(in.i64(), in.text("reason"));
      default -> throw new WorkerProtocolException("unknown reply type " + type);
    };
  }
}
