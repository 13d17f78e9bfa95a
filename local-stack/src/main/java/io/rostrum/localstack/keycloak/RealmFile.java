package io.rostrum.localstack.keycloak;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rostrum's demo realm as Keycloak imports it.
 *
 * @param json the whole import file
 */
record RealmFile(String json) {

  private static final int VERSION_CHARS = 12;

  /** The realm of a web app at these two origins. */
  static RealmFile of(String origin, String tlsOrigin) throws IOException {
    try (InputStream in =
        RealmFile.class.getResourceAsStream("/io/rostrum/localstack/keycloak/rostrum-realm.json")) {
      String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // A browser on this machine may say localhost where the links say 127.0.0.1.
      return new RealmFile(
          template
              .replace("\"${origin}/*\"", quoted(alternatives(origin, "/*")))
              .replace("\"${origin}\"", quoted(alternatives(origin, "")))
              .replace("\"${tlsOrigin}/*\"", quoted(alternatives(tlsOrigin, "/*")))
              .replace("\"${tlsOrigin}\"", quoted(alternatives(tlsOrigin, ""))));
    }
  }

  /** Names the content: other content, other name. */
  String version() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, VERSION_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Set<String> alternatives(String origin, String suffix) {
    Set<String> all = new TreeSet<>();
    all.add(origin + suffix);
    all.add(origin.replace("//127.0.0.1:", "//localhost:") + suffix);
    return all;
  }

  private static String quoted(Set<String> values) {
    return '"' + String.join("\", \"", values) + '"';
  }
}
