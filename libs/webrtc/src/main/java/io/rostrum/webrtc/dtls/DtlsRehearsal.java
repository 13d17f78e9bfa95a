package io.rostrum.webrtc.dtls;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One handshake with oneself. The first one in a process loads several hundred classes, which takes
 * longer than all the rest of a publisher's way to the first picture: nobody should have to wait
 * for that.
 */
public final class DtlsRehearsal {

  private DtlsEndpoint server;
  private DtlsEndpoint client;

  private DtlsRehearsal() {}

  /**
   * Shakes hands, on two threads of {@code threads}.
   *
   * @return done when that is over; with an exception where it did not come about
   */
  public static CompletableFuture<Void> run(DtlsIdentity identity, Executor threads) {
    return new DtlsRehearsal().begin(identity, threads);
  }

  private CompletableFuture<Void> begin(DtlsIdentity identity, Executor threads) {
    CompletableFuture<Void> ofServer = new CompletableFuture<>();
    CompletableFuture<Void> ofClient = new CompletableFuture<>();
    // The handshake of each side takes datagrams from a queue, which any thread may fill. Nothing
    // gets lost, so that none is
    // wanted behind it.
    server =
        new DtlsEndpoint(
            identity,
            DtlsRole.SERVER,
            identity.fingerprint(),
            datagram -> deliver(client, ofClient, datagram),
            told(ofServer));
    client =
        new DtlsEndpoint(
            identity,
            DtlsRole.CLIENT,
            identity.fingerprint(),
            datagram -> deliver(server, ofServer, datagram),
            told(ofClient));
    server.start(threads);
    client.start(threads);
    return CompletableFuture.allOf(ofServer, ofClient).orTimeout(15, TimeUnit.SECONDS);
  }

  private static void deliver(DtlsEndpoint to, CompletableFuture<Void> outcome, byte[] datagram) {
    if (!outcome.isDone()) {
      to.receive(datagram);
    }
  }

  private static DtlsEndpoint.Events told(CompletableFuture<Void> outcome) {
    return new DtlsEndpoint.Events() {
      @Override
      public void established(DtlsKeys keys) {
        outcome.complete(null);
      }

      @Override
      public void failed(String reason) {
        outcome.completeExceptionally(new IllegalStateException(reason));
      }
    };
  }
}
