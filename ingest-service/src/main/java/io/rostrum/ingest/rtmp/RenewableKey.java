package io.rostrum.ingest.rtmp;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * A server's certificate and key that can be changed while it serves: handshakes that begin later
 * get the new one. A handshake asks several times for what belongs together, so names tell which
 * certificate they are of, and the one before the present one stays known. Thread safe.
 */
final class RenewableKey extends X509ExtendedKeyManager {

  private static final String SEPARATOR = ":";

  /** The certificate of one time. */
  private record Generation(int number, X509KeyManager keys) {}

  private volatile Generation current;
  private volatile Generation former;

  RenewableKey(X509KeyManager keys) {
    current = new Generation(0, keys);
    former = current;
  }

  /** Serves others from now on. */
  synchronized void renew(X509KeyManager keys) {
    former = current;
    current = new Generation(former.number + 1, keys);
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    Generation now = current;
    String alias =
        now.keys instanceof X509ExtendedKeyManager extended
            ? extended.chooseEngineServerAlias(keyType, issuers, engine)
            : now.keys.chooseServerAlias(keyType, issuers, null);
    return alias == null ? null : now.number + SEPARATOR + alias;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    Generation now = current;
    String[] aliases = now.keys.getServerAliases(keyType, issuers);
    if (aliases == null) {
      return null;
    }
    String[] named = aliases.clone();
    for (int i = 0; i < named.length; i++) {
      named[i] = now.number + SEPARATOR + named[i];
    }
    return named;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return of(alias)
        .getCertificateChain(alias.substring(alias.indexOf(SEPARATOR) + SEPARATOR.length()));
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return of(alias).getPrivateKey(alias.substring(alias.indexOf(SEPARATOR) + SEPARATOR.length()));
  }

  private X509KeyManager of(String alias) {
    Generation now = current;
    return alias.startsWith(now.number + SEPARATOR) ? now.keys : former.keys;
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }
}
