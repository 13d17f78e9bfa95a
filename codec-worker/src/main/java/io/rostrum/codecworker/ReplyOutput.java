package io.rostrum.codecworker;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output as the protocol's alone; tells the clock when the parent makes the worker wait.
 */
final class ReplyOutput extends OutputStream {
  private final OutputStream out;
  private final WorkClock clock;

  ReplyOutput(OutputStream out, WorkClock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    clock.enterOutput();
    try {
      out.write(bytes, offset, length);
    } finally {
      clock.leaveOutput();
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
