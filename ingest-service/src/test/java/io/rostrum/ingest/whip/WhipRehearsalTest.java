package io.rostrum.ingest.whip;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.webrtc.dtls.DtlsIdentity;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class WhipRehearsalTest {

  /** A rehearsal that something ends early leaves the rest of it to the first publisher. */
  @Test
  void everyFrame_goesAllTheWay() throws Exception {
    long frames = WhipRehearsal.run(DtlsIdentity.generate(new SecureRandom()), 2_500);

    assertThat(frames).isEqualTo(RehearsedMedia.VP8.frames() + (long) RehearsedMedia.H264.frames());
  }
}
