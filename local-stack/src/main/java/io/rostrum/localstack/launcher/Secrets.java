package io.rostrum.localstack.launcher;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/** The secrets of one data directory: random, made once, readable by their owner only. */
final class Secrets {

  private static final List<String> NAMES =
      List.of(
          "postgres.password",
          "s3.access-key",
          "s3.secret-key",
          "playback.secret",
          "keycloak.admin.password",
          "tls.keystore.password");
  private static final int BYTES = 32;

  private final Properties values;

  private Secrets(Properties values) {
    this.values = values;
  }

  /** Reads them; makes those that do not exist yet. */
  static Secrets of(DataDirectory data) throws IOException {
    Path file = data.root().resolve("secrets.properties");
    Properties values = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        values.load(in);
      }
    } else {
      Files.createDirectories(data.root());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    SecureRandom random = new SecureRandom();
    boolean changed = false;
    for (String name : NAMES) {
      if (values.getProperty(name) == null) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        values.setProperty(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        changed = true;
      }
    }
    if (changed) {
      try (Writer out = Files.newBufferedWriter(file)) {
        values.store(out, "Secrets of this data directory. What it holds cannot be used without.");
      }
    }
    return new Secrets(values);
  }

  String get(String name) {
    return values.getProperty(name);
  }

  @Override
  public String toString() {
    return "Secrets[not shown]";
  }
}
