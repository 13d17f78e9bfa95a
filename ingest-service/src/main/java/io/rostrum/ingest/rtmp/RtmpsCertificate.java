package io.rostrum.ingest.rtmp;

import io.rostrum.ingest.IngestConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * The certificate of the RTMPS port and its key, as the files are now: one PKCS #12 file, or two
 * PEM files.
 *
 * @param contents of the files, in the order in which the settings name them
 * @param password of the PKCS #12 file; null for PEM files
 */
record RtmpsCertificate(List<byte[]> contents, String password) {

  /**
   * Reads the files; empty where none is set.
   *
   * @throws IOException if one cannot be read
   * @throws IllegalArgumentException if the settings contradict each other; names the key
   */
  static Optional<RtmpsCertificate> read(IngestConfig.Rtmps config) throws IOException {
    if (config.certificate().isPresent() != config.key().isPresent()) {
      throw new IllegalArgumentException(
          "rostrum.ingest.rtmps.certificate and rostrum.ingest.rtmps.key go together: set both or"
              + " none");
    }
    if (config.keystore().isPresent() && config.certificate().isPresent()) {
      throw new IllegalArgumentException(
          "Set either rostrum.ingest.rtmps.keystore or rostrum.ingest.rtmps.certificate and .key,"
              + " not both");
    }
    if (config.keystore().isPresent()) {
      return Optional.of(
          new RtmpsCertificate(
              List.of(bytes(config.keystore().get())), config.keystorePassword().orElse("")));
    }
    if (config.certificate().isPresent()) {
      return Optional.of(
          new RtmpsCertificate(
              List.of(bytes(config.certificate().get()), bytes(config.key().get())), null));
    }
    return Optional.empty();
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private KeyCertOptions options() {
    if (password != null) {
      return new PfxOptions().setValue(Buffer.buffer(contents.get(0))).setPassword(password);
    }
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(contents.get(0)))
        .addKeyValue(Buffer.buffer(contents.get(1)));
  }

  /**
   * What the server is given. Blocks for a moment.
   *
   * @throws Exception if it cannot be used, or the key belongs to another certificate
   */
  X509KeyManager keys(Vertx vertx) throws Exception {
    for (KeyManager manager : options().getKeyManagerFactory(vertx).getKeyManagers()) {
      if (manager instanceof X509KeyManager keys) {
        check(keys, "RSA", "SHA256withRSA");
        check(keys, "EC", "SHA256withECDSA");
        return keys;
      }
    }
    throw new GeneralSecurityException("there is no certificate in it");
  }

  private static void check(X509KeyManager keys, String type, String algorithm)
      throws GeneralSecurityException {
    String[] aliases = keys.getServerAliases(type, null);
    if (aliases == null) {
      return;
    }
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(keys.getPrivateKey(aliases[0]));
    byte[] signed = signature.sign();
    signature.initVerify(keys.getCertificateChain(aliases[0])[0].getPublicKey());
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key belongs to another certificate");
    }
  }

  /** Whether the files hold the same. */
  boolean isLike(RtmpsCertificate other) {
    for (int i = 0; i < contents.size(); i++) {
      if (!Arrays.equals(contents.get(i), other.contents.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Nothing of a key or a password. */
  @Override
  public String toString() {
    return "RtmpsCertificate[" + (password == null ? "PEM" : "PKCS #12") + "]";
  }
}
