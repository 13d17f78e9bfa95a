package io.rostrum.ingest.rtmp;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.ingest.IngestConfig;
import io.rostrum.ingest.publish.CloseReason;
import io.rostrum.ingest.publish.Publisher;
import io.rostrum.ingest.publish.Refusal;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Listens for publishers, on as many event loops as there are processors. */
@ApplicationScoped
public class RtmpServer {

  private static final Logger LOG = Logger.getLogger(RtmpServer.class);
  private static final long START_SECONDS = 10;
  private static final long DRAIN_SECONDS = 8;
  private static final long GOODBYE_SECONDS = 2;

  private final IngestParts parts;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<String, Integer> connectionsByAddress = new ConcurrentHashMap<>();
  private volatile int port = -1;
  private volatile int securePort = -1;
  private volatile Vertx vertx;
  private volatile boolean listening;
  private volatile CompletableFuture<Void> lastGone;

  RtmpServer(IngestParts parts) {
    this.parts = parts;
    parts.metrics().gauge("rostrum.ingest.connections", connections);
  }

  /**
   * Opens the port.
   *
   * @throws IllegalStateException if it cannot be had; the message says what to do
   */
  public void start() {
    parts.registry().open();
    int wanted = parts.config().rtmp().port();
    // Port 0 would be another one for each event loop.
    int loops =
        wanted == 0 || parts.config().rtmps().port() == 0
            ? 1
            : Runtime.getRuntime().availableProcessors();
    vertx = ownLoops();
    try {
      await(
          vertx
              .deployVerticle(Listener::new, new DeploymentOptions().setInstances(loops))
              .toCompletionStage()
              .toCompletableFuture(),
          START_SECONDS);
      listening = true;
    } catch (ExecutionException | TimeoutException e) {
      closeLoops();
      throw new IllegalStateException(
          ("RTMP port %s:%d or RTMPS port %d cannot be opened (%s): stop what uses it, set"
                  + " rostrum.ingest.rtmp.port or rostrum.ingest.rtmps.port, or mend what"
                  + " rostrum.ingest.rtmps names")
              .formatted(
                  parts.config().rtmp().host(),
                  wanted,
                  parts.config().rtmps().port(),
                  e.getCause()),
          e);
    }
    LOG.infof(
        "Listening for RTMP host=%s port=%d rtmpsPort=%s",
        parts.config().rtmp().host(),
        port,
        securePort < 0 ? "none: no certificate is set" : securePort);
  }

  /** Apart from those of the HTTP server, whose requests shall not wait for a period to pass. */
  private Vertx ownLoops() {
    PacedTransport transport =
        new PacedTransport(parts.config().rtmp().readPeriod(), connections::get);
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    return new VertxBuilder(options).findTransport(transport).init().vertx();
  }

  /** Whether publishers can connect. */
  public boolean isListening() {
    return listening;
  }

  /** The port that is open; -1 while none is. */
  public int port() {
    return port;
  }

  /** The RTMPS port that is open; -1 while none is. */
  public int securePort() {
    return securePort;
  }

  /**
   * Lets nobody in any more, waits for publishers to leave as long as is set, ends the publications
   * that are left, waits until Kafka has their ends, and closes the port.
   */
  public void stop() {
    listening = false;
    awaitDrained();
    CompletableFuture<?>[] ends =
        parts.registry().all().stream()
            .map(RtmpServer::shutDown)
            .toArray(CompletableFuture<?>[]::new);
    try {
      await(CompletableFuture.allOf(ends), DRAIN_SECONDS);
      awaitGoodbyes(ends.length);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("Publications did not end in time error=%s", e);
    }
    closeLoops();
  }

  private void closeLoops() {
    Vertx open = vertx;
    vertx = null;
    if (open == null) {
      return;
    }
    try {
      await(open.close().toCompletionStage().toCompletableFuture(), START_SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("The RTMP port did not close in time error=%s", e);
    }
  }

  private void awaitDrained() {
    CompletableFuture<Void> drained = parts.registry().drain();
    Duration patience = parts.config().drainTimeout();
    if (drained.isDone() || patience.isZero()) {
      return;
    }
    LOG.infof(
        "Waiting for publishers to leave publishers=%d atMost=%s",
        parts.registry().all().size(), patience);
    try {
      drained.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.infof(
          "Publishers are still here, ending their publications publishers=%d",
          parts.registry().all().size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a future that never fails", e);
    }
  }

  /** Publishers that were told why must get to read it before their sockets go. */
  private void awaitGoodbyes(int told) throws ExecutionException {
    CompletableFuture<Void> empty = new CompletableFuture<>();
    lastGone = empty;
    if (told == 0 || connections.get() == 0) {
      return;
    }
    try {
      await(empty, GOODBYE_SECONDS);
    } catch (TimeoutException expected) {
      LOG.debugf("Connections are closed without a goodbye open=%d", connections.get());
    }
  }

  private static CompletableFuture<Void> shutDown(Publisher publisher) {
    return publisher.stop(CloseReason.SHUT_DOWN, false).toCompletableFuture();
  }

  private void accept(Vertx loop, NetSocket socket, SourceRecord.Protocol protocol) {
    String address = socket.remoteAddress().hostAddress();
    int fromAddress = connectionsByAddress.merge(address, 1, Integer::sum);
    int all = connections.incrementAndGet();
    boolean stopping = parts.registry().isDraining();
    boolean tooMany =
        stopping
            || all > parts.config().rtmp().maxConnections()
            || fromAddress > parts.config().rtmp().maxConnectionsPerAddress();
    if (tooMany) {
      Refusal refusal = stopping ? Refusal.SHUTTING_DOWN : Refusal.TOO_MANY_CONNECTIONS;
      parts.metrics().counter("rostrum.ingest.refused", "reason", refusal.tag()).increment();
      LOG.warnf(
          "Connection refused reason=%s remote=%s open=%d fromAddress=%d",
          refusal.tag(), address, all, fromAddress);
      gone(address);
      socket.close();
      return;
    }
    RtmpConnection connection = new RtmpConnection(parts, loop, socket, protocol);
    socket.closeHandler(
        v -> {
          gone(address);
          connection.socketClosed();
        });
  }

  private void gone(String address) {
    CompletableFuture<Void> waiting = lastGone;
    if (connections.decrementAndGet() == 0 && waiting != null) {
      waiting.complete(null);
    }
    connectionsByAddress.computeIfPresent(address, (a, n) -> n > 1 ? n - 1 : null);
  }

  private static <T> T await(CompletableFuture<T> future, long seconds)
      throws ExecutionException, TimeoutException {
    try {
      return future.get(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    }
  }

  /** One event loop's share of the port: connections stay where they were accepted. */
  private final class Listener extends AbstractVerticle {
    @Override
    public void start(Promise<Void> started) {
      vertx
          .executeBlocking(() -> RtmpsCertificate.read(parts.config().rtmps()))
          .compose(this::listenOnBoth)
          .onComplete(started);
    }

    private Future<Void> listenOnBoth(Optional<RtmpsCertificate> certificate) {
      Future<NetServer> plain =
          listen(options(parts.config().rtmp().port()), SourceRecord.Protocol.RTMP)
              .onSuccess(listening -> port = listening.actualPort());
      return certificate.isEmpty()
          ? plain.mapEmpty()
          : plain.compose(v -> listenSecurely(certificate.get()));
    }

    private Future<Void> listenSecurely(RtmpsCertificate certificate) {
      return vertx
          .executeBlocking(() -> new RenewableKey(certificate.keys(vertx)))
          .compose(key -> listenSecurely(certificate, key));
    }

    private Future<Void> listenSecurely(RtmpsCertificate certificate, RenewableKey key) {
      IngestConfig.Rtmps config = parts.config().rtmps();
      NetServerOptions secure =
          options(config.port())
              .setSsl(true)
              .setSslHandshakeTimeout(parts.config().rtmp().handshakeTimeout().toMillis())
              .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
              .setKeyCertOptions(KeyCertOptions.wrap(key));
      return listen(secure, SourceRecord.Protocol.RTMPS)
          .onSuccess(
              listening -> {
                securePort = listening.actualPort();
                new CertificateReload(vertx, config, key, certificate).start();
              })
          .mapEmpty();
    }

    private Future<NetServer> listen(NetServerOptions options, SourceRecord.Protocol protocol) {
      return vertx
          .createNetServer(options)
          .connectHandler(s -> accept(vertx, s, protocol))
          .listen();
    }

    private NetServerOptions options(int wanted) {
      return new NetServerOptions()
          .setHost(parts.config().rtmp().host())
          .setPort(wanted)
          .setTcpNoDelay(true)
          .setTcpKeepAlive(true);
    }
  }
}
