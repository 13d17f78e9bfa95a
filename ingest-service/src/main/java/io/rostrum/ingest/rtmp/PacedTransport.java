package io.rostrum.ingest.rtmp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SelectStrategy;
import io.netty.channel.nio.NioEventLoopGroup;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Event loops that look for what has come in at most once in a period, and then read of each
 * connection all that is there. A publisher sends some eighty messages a second, and to wake up and
 * to ask the system for each by itself costs more than all that is done with it. A loop without
 * work sleeps until something comes, and reads that at once.
 *
 * <p>The price is that something may lie for a period before it is read. What a period saves grows
 * with the number of connections, so it does, too: {@link #STEP_NANOS} for every {@link
 * #CONNECTIONS_PER_STEP} of them, until the longest is reached. A period is also the time in which
 * a flooding connection gets no more than {@link #READ_BYTES} times Netty's sixteen reads.
 */
final class PacedTransport extends JDKTransport {

  /** Well above what a publisher sends in a period, but for keyframes. */
  private static final int READ_BYTES = 32 * 1024;

  private static final long STEP_NANOS = 5_000_000;
  private static final int CONNECTIONS_PER_STEP = 10;

  private final long longestNanos;
  private final IntSupplier connections;

  /**
   * @param longest period of all loops, which wake at the same moments; 0 reads everything as it
   *     comes
   * @param connections how many are open, on all loops together; asked by each of them in each
   *     period
   */
  PacedTransport(Duration longest, IntSupplier connections) {
    this.longestNanos = longest.toNanos();
    this.connections = connections;
  }

  /**
   * @param connections how many are open
   * @return nanoseconds between two rounds of a loop
   */
  long periodNanos(int connections) {
    int steps = Math.max(1, (connections + CONNECTIONS_PER_STEP - 1) / CONNECTIONS_PER_STEP);
    return Math.min(longestNanos, steps * STEP_NANOS);
  }

  @Override
  public EventLoopGroup eventLoopGroup(
      int type, int threads, ThreadFactory threadFactory, int ioRatio) {
    if (type != IO_EVENT_LOOP_GROUP || longestNanos == 0) {
      return super.eventLoopGroup(type, threads, threadFactory, ioRatio);
    }
    NioEventLoopGroup loops =
        new NioEventLoopGroup(
            threads, threadFactory, SelectorProvider.provider(), () -> this::beforeSelect);
    loops.setIoRatio(ioRatio);
    return loops;
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    super.configure(options, domainSocket, bootstrap);
    bootstrap.childOption(
        ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
  }

  /** What Netty asks between two rounds of a loop: tasks go on at once, sockets wait. */
  private int beforeSelect(io.netty.util.IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (hasTasks) {
      return selectNow.get();
    }
    // One grid for all loops: what they hand on then comes together, too.
    long periodNanos = periodNanos(connections.getAsInt());
    LockSupport.parkNanos(periodNanos - Math.floorMod(System.nanoTime(), periodNanos));
    return SelectStrategy.SELECT;
  }
}
