package io.rostrum.playback.http;

import io.quarkus.runtime.StartupEvent;
import io.rostrum.playback.config.PlaybackConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * Cuts off clients that do not take what they asked for in time.
 *
 * <p>What such a client costs meanwhile is its connection: bytes of files wait in the page cache,
 * those of parts are shared with everybody, and stay on the heap until the last of them is sent or
 * cut off. So the parts on the heap are those within their bound and those that came within {@code
 * send-timeout} before, however many clients there are.
 */
@ApplicationScoped
public class SlowClients {
  private static final Logger LOG = Logger.getLogger(SlowClients.class);
  private static final int SWEEPS_PER_TIMEOUT = 10;
  private static final long HTTP2_CANCEL = 0x8; // RFC 9113 §7

  private record Sending(RoutingContext ctx, long deadlineNanos) {}

  private final Set<Sending> sending = ConcurrentHashMap.newKeySet();
  private final LongAdder cutOff = new LongAdder();
  private final long timeoutNanos;
  private final long sweepMs;

  /**
   * @param config how long sending may take
   */
  public SlowClients(PlaybackConfig config) {
    this.timeoutNanos = config.sendTimeout().toNanos();
    this.sweepMs = Math.max(1, config.sendTimeout().toMillis() / SWEEPS_PER_TIMEOUT);
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(sweepMs, timer -> sweep(System.nanoTime()));
  }

  /**
   * Watches a response.
   *
   * @param sent done when all of it has left, or the client is gone
   */
  void watch(RoutingContext ctx, Future<Void> sent) {
    if (sent.isComplete()) {
      return;
    }
    Sending entry = new Sending(ctx, System.nanoTime() + timeoutNanos);
    sending.add(entry);
    sent.onComplete(done -> sending.remove(entry));
  }

  private void sweep(long nowNanos) {
    for (Sending entry : sending) {
      if (nowNanos - entry.deadlineNanos() >= 0 && sending.remove(entry)) {
        cutOff.increment();
        LOG.debugf("client cut off: remote=%s", entry.ctx().request().remoteAddress());
        cutOff(entry.ctx());
      }
    }
  }

  private static void cutOff(RoutingContext ctx) {
    HttpConnection connection = ctx.request().connection();
    if (ctx.request().version() == HttpVersion.HTTP_2) {
      // The connection has other streams.
      ctx.response().reset(HTTP2_CANCEL);
    } else if (connection instanceof ConnectionBase base) {
      // Not close(): that waits until everything before it is written.
      base.channel().close();
    }
  }

  /** How many clients were cut off. */
  public long cutOff() {
    return cutOff.sum();
  }
}
