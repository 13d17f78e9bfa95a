package io.rostrum.catalog.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.rostrum.catalog.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An identity provider that is not there until a test starts it; then it serves its keys. */
public final class AbsentIdentityProvider implements QuarkusTestResourceLifecycleManager {
  private Provider provider;

  @Override
  public Map<String, String> start() {
    provider = new Provider(freePort());
    return Map.of(
        "quarkus.oidc.auth-server-url",
        "http://127.0.0.1:" + provider.port + "/realms/rostrum",
        "quarkus.oidc.token.issuer",
        Tokens.ISSUER);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        provider, new TestInjector.AnnotatedAndMatchesType(Here.class, Provider.class));
  }

  @Override
  public void stop() {
    provider.vertx.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Marks the field that takes the provider. */
  @Target(ElementType.FIELD)
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Here {}

  /** The server of the keys. */
  public static final class Provider {
    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private HttpServer server;

    private Provider(int port) {
      this.port = port;
    }

    /** Returns when it answers. */
    public void start() {
      server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request ->
                      request
                          .response()
                          .putHeader("Content-Type", "application/json")
                          .end("{\"keys\":[" + publicKey() + "]}"))
              .listen(port, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    }

    /** Returns when nobody answers any more. */
    public void stop() {
      server.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String publicKey() {
      try (InputStream key = AbsentIdentityProvider.class.getResourceAsStream("/publicKey.jwk")) {
        return new String(key.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
