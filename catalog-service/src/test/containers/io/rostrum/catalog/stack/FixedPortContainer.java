package io.rostrum.catalog.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A container whose port on this machine stays the same when it is killed and started again:
 * Testcontainers' own random ports would change.
 */
final class FixedPortContainer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  /** Something that works once the part is ready. */
  interface Try {
    void run() throws Exception;
  }

  private final GenericContainer<?> container;
  private final int port;

  private FixedPortContainer(GenericContainer<?> container, int port) {
    this.container = container;
    this.port = port;
  }

  static FixedPortContainer start(
      String image, int containerPort, IntFunction<Map<String, String>> environment) {
    int port = freePort();
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image)).withEnv(environment.apply(port));
    container.setPortBindings(List.of("127.0.0.1:" + port + ":" + containerPort));
    container.start();
    return new FixedPortContainer(container, port);
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Tries until it works. */
  void await(Try readiness) {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        readiness.run();
        return;
      } catch (Exception e) {
        if (System.nanoTime() > deadlineNanos) {
          throw new IllegalStateException("not ready: " + container.getDockerImageName(), e);
        }
        pause();
      }
    }
  }

  // A server outside of this JVM gives no event to wait for.
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  void restart() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    container.stop();
  }
}
