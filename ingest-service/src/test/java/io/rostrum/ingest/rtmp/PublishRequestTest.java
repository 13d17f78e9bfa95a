package io.rostrum.ingest.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.broadcast.StreamKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishRequestTest {

  private static final String KEY = "rst_abcd2345_" + "s".repeat(40);

  @ParameterizedTest(name = "name={0} app={1} tcUrl={2}")
  @CsvSource({
    "KEY, live, rtmp://host/live",
    "KEY?token=1&x=2, live, rtmp://host/live",
    "'?key=KEY', live, rtmp://host/live",
    "live/KEY, '', rtmp://host",
    "'', live/KEY, rtmp://host/live/KEY",
    "'', live?key=KEY, ''",
    "stream, live, rtmp://other.example:1936/live/KEY?clientId=7",
    "/KEY/, live, ''"
  })
  void key_whereverSendersPutIt_isFound(String name, String app, String tcUrl) {
    PublishRequest request =
        new PublishRequest(
            1, name.replace("KEY", KEY), app.replace("KEY", KEY), tcUrl.replace("KEY", KEY));

    assertThat(request.key()).map(StreamKey::reveal).contains(KEY);
  }

  @Test
  void textWithoutAKey_hasNone() {
    assertThat(new PublishRequest(1, "rst_a_b", "live", "rtmp://host/live").key()).isEmpty();
    assertThat(new PublishRequest(1, "x".repeat(1 << 20), "", "").key()).isEmpty();
  }

  @Test
  void toString_neverShowsTheKey() {
    assertThat(new PublishRequest(1, KEY, KEY, KEY).toString()).doesNotContain("ssss");
  }
}
