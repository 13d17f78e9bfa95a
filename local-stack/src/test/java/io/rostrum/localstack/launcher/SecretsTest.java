package io.rostrum.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir Path directory;

  @Test
  void of_sameDirectory_givesTheSameSecrets() throws IOException {
    String first = Secrets.of(new DataDirectory(directory)).get("playback.secret");

    assertThat(Secrets.of(new DataDirectory(directory)).get("playback.secret")).isEqualTo(first);
    assertThat(first.getBytes(StandardCharsets.UTF_8)).hasSizeGreaterThanOrEqualTo(32);
  }

  @Test
  void of_freshDirectory_writesAFileForItsOwnerOnly() throws IOException {
    Secrets secrets = Secrets.of(new DataDirectory(directory));

    Path file = directory.resolve("secrets.properties");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(secrets.toString()).doesNotContain(secrets.get("s3.secret-key"));
  }
}
