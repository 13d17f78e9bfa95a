package io.rostrum.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DtlsRehearsalTest {

  @Test
  void rehearsal_isAWholeHandshake() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      DtlsRehearsal.run(DtlsIdentity.generate(new SecureRandom()), threads)
          .get(60, TimeUnit.SECONDS);
    } finally {
      assertThat(threads.shutdownNow()).isEmpty();
    }
  }
}
