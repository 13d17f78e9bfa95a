package io.rostrum.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** The answering side of a handshake: DTLS 1.2 only, RFC 8827 §6.5. */
final class ServerPeer extends DefaultTlsServer {

  private final Peer peer;
  private int[] offeredProfiles = {};

  ServerPeer(DtlsIdentity identity, Peer peer) {
    super(identity.crypto());
    this.peer = peer;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    };
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return peer.credentials(context);
  }

  @Override
  @SuppressWarnings({"rawtypes", "IllegalType"})
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    UseSRTPData offer = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    if (offer == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP offered");
    }
    offeredProfiles = offer.getProtectionProfiles();
  }

  @Override
  @SuppressWarnings({"rawtypes", "IllegalType"})
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    if (extensions == null) {
      extensions = new Hashtable();
    }
    int[] chosen = peer.choose(offeredProfiles);
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, new byte[0]));
    return extensions;
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    return new CertificateRequest(
        new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
        TlsUtils.getDefaultSupportedSignatureAlgorithms(context),
        null);
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) throws IOException {
    peer.check(certificate);
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    peer.complete(context);
  }

  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return Peer.HANDSHAKE_TIMEOUT_MS;
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return Peer.RESEND_MS;
  }
}
