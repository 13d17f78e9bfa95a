package io.rostrum.ingest.whip;

import io.rostrum.ingest.IngestConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The STUN and TURN servers that clients are told, as {@code Link} headers of the answer (RFC 9725
 * §4.6). TURN servers come with a name and a password, or with ones that this makes for each client
 * and that expire. Immutable.
 */
final class IceServers {

  private static final String SERVERS = "rostrum.ingest.webrtc.ice-servers";
  private static final String TURN = "rostrum.ingest.webrtc.turn.";

  /** RFC 7064 §3.1 and RFC 7065 §3.1, without what a header could not carry. */
  private static final Pattern URI =
      Pattern.compile("(stuns?|turns?):[A-Za-z0-9.:\\[\\]_-]+(\\?transport=(udp|tcp))?");

  private static final Pattern QUOTABLE = Pattern.compile("[\\x20-\\x7e]+");

  private final List<String> uris;
  private final IngestConfig.Turn turn;

  private IceServers(List<String> uris, IngestConfig.Turn turn) {
    this.uris = uris;
    this.turn = turn;
  }

  /**
   * @throws IllegalStateException if clients could not use what is configured; the message names
   *     the key
   */
  static IceServers of(IngestConfig.Webrtc config) {
    List<String> uris = config.iceServers().map(List::copyOf).orElse(List.of());
    for (String uri : uris) {
      require(
          URI.matcher(uri).matches(),
          SERVERS + ": \"" + uri + "\" is no address such as turn:turn.example.org:3478");
    }
    IngestConfig.Turn turn = config.turn();
    require(
        turn.username().isPresent() == turn.credential().isPresent(),
        TURN + "username and " + TURN + "credential must be set both, or neither");
    require(
        turn.username().isEmpty() || turn.secret().isEmpty(),
        TURN + "secret makes names and passwords: unset " + TURN + "username and -credential");
    require(
        uris.stream().noneMatch(IceServers::isTurn)
            || turn.username().isPresent()
            || turn.secret().isPresent(),
        SERVERS
            + " has a TURN server, which browsers refuse without a password: set "
            + TURN
            + "secret, or "
            + TURN
            + "username and "
            + TURN
            + "credential");
    turn.username().ifPresent(name -> requireQuotable("username", name));
    turn.credential().ifPresent(word -> requireQuotable("credential", word));
    return new IceServers(uris, turn);
  }

  private static void requireQuotable(String key, String value) {
    require(
        QUOTABLE.matcher(value).matches(),
        TURN + key + " has characters that a header cannot carry: use visible ASCII");
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalStateException(problem);
    }
  }

  private static boolean isTurn(String uri) {
    return uri.startsWith("turn");
  }

  /**
   * Values of {@code Link} headers, one for each server; empty where none is configured.
   *
   * @param client whom the TURN server's operator sees, in names that are made
   */
  List<String> links(String client, Instant now) {
    String account = "";
    if (uris.stream().anyMatch(IceServers::isTurn)) {
      account = turn.secret().map(secret -> made(secret, client, now)).orElseGet(this::fixed);
    }
    String credentials = account;
    return uris.stream()
        .map(uri -> "<" + uri + ">; rel=\"ice-server\"" + (isTurn(uri) ? credentials : ""))
        .toList();
  }

  private String fixed() {
    return parameters(turn.username().orElseThrow(), turn.credential().orElseThrow());
  }

  /**
   * draft-uberti-behave-turn-rest-00 §2.2, as coturn's {@code use-auth-secret} has it: the name
   * begins with the second at which it expires, the password is an HMAC of it.
   */
  private String made(String secret, String client, Instant now) {
    String username = now.plus(turn.lifetime()).getEpochSecond() + ":" + client;
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] password = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
      return parameters(username, Base64.getEncoder().encodeToString(password));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA1", e);
    }
  }

  private static String parameters(String username, String credential) {
    return "; username=%s; credential=%s; credential-type=\"password\""
        .formatted(quoted(username), quoted(credential));
  }

  /** RFC 9110 §5.6.4. */
  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
