package io.rostrum.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two endpoints, one of each role, with a wire in between that may lose datagrams. */
class DtlsEndpointTest {

  private static final long PATIENCE_SECONDS = 60;

  private final SecureRandom random = new SecureRandom();
  private final DtlsIdentity left = DtlsIdentity.generate(random);
  private final DtlsIdentity right = DtlsIdentity.generate(random);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ExecutorService wire = Executors.newSingleThreadExecutor();
  private final CompletableFuture<DtlsKeys> clientKeys = new CompletableFuture<>();
  private final CompletableFuture<DtlsKeys> serverKeys = new CompletableFuture<>();
  private final AtomicInteger sent = new AtomicInteger();
  private DtlsEndpoint client;
  private DtlsEndpoint server;

  @AfterEach
  void stop() {
    client.close();
    server.close();
    threads.shutdownNow();
    wire.shutdownNow();
  }

  private void connect(Fingerprint ofServer, Fingerprint ofClient, IntPredicate loses) {
    client =
        new DtlsEndpoint(
            left,
            DtlsRole.CLIENT,
            ofServer,
            datagram -> deliver(server, datagram, loses),
            events(clientKeys));
    server =
        new DtlsEndpoint(
            right,
            DtlsRole.SERVER,
            ofClient,
            datagram -> deliver(client, datagram, loses),
            events(serverKeys));
    server.start(threads);
    client.start(threads);
  }

  private void deliver(DtlsEndpoint to, byte[] datagram, IntPredicate loses) {
    if (!wire.isShutdown() && !loses.test(sent.getAndIncrement())) {
      wire.execute(() -> to.receive(datagram));
    }
  }

  private static DtlsEndpoint.Events events(CompletableFuture<DtlsKeys> keys) {
    return new DtlsEndpoint.Events() {
      @Override
      public void established(DtlsKeys agreed) {
        keys.complete(agreed);
      }

      @Override
      public void failed(String reason) {
        keys.completeExceptionally(new IllegalStateException(reason));
      }
    };
  }

  @Test
  void handshake_bothSides_agreeOnKeys() throws Exception {
    connect(right.fingerprint(), left.fingerprint(), n -> false);

    DtlsKeys ofClient = clientKeys.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    DtlsKeys ofServer = serverKeys.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(ofClient.local().key()).isEqualTo(ofServer.remote().key());
    assertThat(ofClient.remote().salt()).isEqualTo(ofServer.local().salt());
    assertThat(ofClient.local().profile()).isEqualTo(ofServer.local().profile());
    assertThat(Arrays.equals(ofClient.local().key(), ofClient.remote().key())).isFalse();
  }

  @Test
  void handshake_datagramsLost_areSentAgain() throws Exception {
    connect(right.fingerprint(), left.fingerprint(), n -> n % 3 == 0 && n < 12);

    assertThat(clientKeys.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    assertThat(serverKeys.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void handshake_clientWithAnotherCertificate_fails() {
    connect(right.fingerprint(), right.fingerprint(), n -> false);

    assertThat(failure(serverKeys)).contains("bad_certificate");
  }

  @Test
  void handshake_serverWithAnotherCertificate_fails() {
    connect(left.fingerprint(), left.fingerprint(), n -> false);

    assertThat(failure(clientKeys)).contains("bad_certificate");
  }

  @Test
  void close_ofOneSide_isSeenByTheOther() throws Exception {
    connect(right.fingerprint(), left.fingerprint(), n -> false);
    clientKeys.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    serverKeys.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    wire.submit(client::close).get();

    // Whatever the goodbye set going is behind it on the wire.
    wire.submit(() -> {}).get();
    assertThat(server.isClosed()).isTrue();
  }

  private static String failure(CompletableFuture<DtlsKeys> keys) {
    try {
      keys.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return e.getCause().getMessage();
    } catch (Exception e) {
      return e.toString();
    }
    return "it succeeded";
  }
}
