package io.rostrum.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortCheckTest {

  @Test
  void check_takenPort_namesPortProcessHolderAndTheWayOut() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // Given an offset that moves S3 onto the port that this test holds
      int offset = holder.getLocalPort() - StackPort.S3.number(0);

      assertThatThrownBy(() -> PortCheck.check(new Network("127.0.0.1", offset), List.of("s3")))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining(holder.getLocalPort() + " (s3)")
          .hasMessageContaining("pid " + ProcessHandle.current().pid())
          .hasMessageContaining("--port-offset " + (offset + 100));
    }
  }

  @Test
  void check_freePort_passes() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    Network network = new Network("127.0.0.1", port - StackPort.S3.number(0));

    assertThatCode(() -> PortCheck.check(network, List.of("s3"))).doesNotThrowAnyException();
  }

  @Test
  void find_portThatNobodyHolds_isEmpty() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(PortHolder.find(port, false)).isEmpty();
  }
}
