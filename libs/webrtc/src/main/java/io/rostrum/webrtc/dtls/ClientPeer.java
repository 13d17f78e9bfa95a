package io.rostrum.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;

/** The opening side of a handshake: DTLS 1.2 only, RFC 8827 §6.5. */
final class ClientPeer extends DefaultTlsClient {

  private final Peer peer;

  ClientPeer(DtlsIdentity identity, Peer peer) {
    super(identity.crypto());
    this.peer = peer;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked", "IllegalType"})
  public Hashtable getClientExtensions() throws IOException {
    Hashtable extensions = super.getClientExtensions();
    if (extensions == null) {
      extensions = new Hashtable();
    }
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, new UseSRTPData(Peer.offeredProfiles(), new byte[0]));
    return extensions;
  }

  @Override
  @SuppressWarnings({"rawtypes", "IllegalType"})
  public void processServerExtensions(Hashtable extensions) throws IOException {
    super.processServerExtensions(extensions);
    UseSRTPData answer = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    if (answer == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP in the answer");
    }
    peer.chosen(answer.getProtectionProfiles());
  }

  @Override
  public TlsAuthentication getAuthentication() {
    return new TlsAuthentication() {
      @Override
      public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
        peer.check(shown.getCertificate());
      }

      @Override
      public TlsCredentials getClientCredentials(CertificateRequest request) {
        return peer.credentials(context);
      }
    };
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
