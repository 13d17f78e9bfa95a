package io.rostrum.ingest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.source.SourceRecord.PublicationStart;
import io.rostrum.localstack.test.KafkaResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** RTMP over TLS, with a certificate in PEM files that is replaced while the service runs. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@TestProfile(RtmpsIT.PemFiles.class)
class RtmpsIT extends IngestSetUp {

  private static final String PASSWORD = "changeit";
  private static final Path KEYS = keys();

  /** A first certificate is there when the service starts. */
  public static final class PemFiles implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      write("first");
      Map<String, String> config = new HashMap<>(new ShortTimes().getConfigOverrides());
      config.put("rostrum.ingest.rtmps.port", "0");
      config.put("rostrum.ingest.rtmps.certificate", KEYS.resolve("tls.crt").toString());
      config.put("rostrum.ingest.rtmps.key", KEYS.resolve("tls.key").toString());
      config.put("rostrum.ingest.rtmps.reload-period", "200ms");
      return config;
    }
  }

  @Test
  void changedFiles_areServedToNewConnections_andOldOnesGoOn() throws Exception {
    write("first");
    await().atMost(Duration.ofSeconds(30)).until(() -> served().contains("CN=first"));
    Path file = clip("rtmps.flv", 8, "30", "-g", "30");
    try (Ffmpeg.Run run =
        ffmpeg.start("-re", "-i", file.toString(), "-c", "copy", "-f", "flv", secureUrl())) {
      topic.awaitRecord(id, SourceRecord.Chunk.class::isInstance);

      write("second");

      await().atMost(Duration.ofSeconds(30)).until(() -> served().contains("CN=second"));
      assertThat(run.isAlive()).isTrue();
      assertThat(run.await()).isZero();
    }
    var records = topic.awaitEnds(id, 1);
    assertThat(((PublicationStart) records.get(0)).protocol())
        .isEqualTo(SourceRecord.Protocol.RTMPS);
    assertThat(ffmpeg.frameHashes(SourceTopic.toFile(folder, records), "0:v", false))
        .isEqualTo(ffmpeg.frameHashes(file, "0:v", false));
  }

  @Test
  void filesThatCannotBeUsed_changeNothing() throws Exception {
    write("good");
    await().atMost(Duration.ofSeconds(30)).until(() -> served().contains("CN=good"));
    Files.writeString(KEYS.resolve("tls.key"), "not a key");
    // Connections are served while the files are looked at again and again.
    for (int i = 0; i < 20; i++) {
      assertThat(served()).contains("CN=good");
    }
    write("better");
    await().atMost(Duration.ofSeconds(30)).until(() -> served().contains("CN=better"));
  }

  private String secureUrl() {
    return "rtmps://127.0.0.1:" + server.securePort() + "/live/" + key.reveal();
  }

  /** Subject of the certificate that a new connection gets. */
  private String served() throws Exception {
    X509Certificate[][] seen = new X509Certificate[1][];
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        null,
        new TrustManager[] {
          new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {
              throw new UnsupportedOperationException("a client");
            }

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {
              seen[0] = chain;
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
              return new X509Certificate[0];
            }
          }
        },
        null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.securePort())) {
      socket.startHandshake();
      return seen[0][0].getSubjectX500Principal().getName();
    }
  }

  private static Path keys() {
    try {
      return Files.createTempDirectory("rostrum-keys");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new key and certificate, in PEM files that replace the old ones whole. */
  private static void write(String name) {
    try {
      Path store = KEYS.resolve(name + ".p12");
      Files.deleteIfExists(store);
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-alias",
                  "tls",
                  "-dname",
                  "CN=" + name,
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-keystore",
                  store.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new AssertionError("keytool failed");
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      pem("tls.key", "PRIVATE KEY", keys.getKey("tls", PASSWORD.toCharArray()).getEncoded());
      pem("tls.crt", "CERTIFICATE", keys.getCertificate("tls").getEncoded());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void pem(String file, String what, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                what,
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(bytes),
                what);
    Path next = KEYS.resolve(file + ".next");
    Files.writeString(next, text);
    Files.move(next, KEYS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }
}
