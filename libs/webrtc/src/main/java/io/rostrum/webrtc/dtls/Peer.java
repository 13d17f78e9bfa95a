package io.rostrum.webrtc.dtls;

import io.rostrum.webrtc.srtp.SrtpKeys;
import io.rostrum.webrtc.srtp.SrtpProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** What both roles of a handshake have in common: the certificates and the agreement on SRTP. */
final class Peer {

  static final int HANDSHAKE_TIMEOUT_MS = 15_000;
  static final int RESEND_MS = 200;

  /** In this server's order of preference. */
  private static final List<SrtpProfile> PROFILES =
      List.of(
          SrtpProfile.AEAD_AES_128_GCM,
          SrtpProfile.AEAD_AES_256_GCM,
          SrtpProfile.AES128_CM_SHA1_80);

  private final DtlsIdentity identity;
  private final Fingerprint expected;
  private SrtpProfile profile;
  private byte[] exported;
  private boolean checked;

  /**
   * @param expected what the other side's certificate must be
   */
  Peer(DtlsIdentity identity, Fingerprint expected) {
    this.identity = identity;
    this.expected = expected;
  }

  static int[] offeredProfiles() {
    return PROFILES.stream().mapToInt(SrtpProfile::code).toArray();
  }

  /** Chooses among what a client offers. */
  int[] choose(int[] offered) throws TlsFatalAlert {
    List<Integer> codes = new ArrayList<>();
    for (int code : offered) {
      codes.add(code);
    }
    Optional<SrtpProfile> chosen =
        PROFILES.stream().filter(known -> codes.contains(known.code())).findFirst();
    profile =
        chosen.orElseThrow(
            () -> new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP profile"));
    return new int[] {profile.code()};
  }

  /** Takes what a server chose. */
  void chosen(int[] codes) throws TlsFatalAlert {
    profile =
        codes.length == 1
            ? SrtpProfile.ofCode(codes[0]).filter(PROFILES::contains).orElse(null)
            : null;
    if (profile == null) {
      throw new TlsFatalAlert(AlertDescription.illegal_parameter, "no SRTP profile");
    }
  }

  /** RFC 5763 §6.7.1: a certificate that does not match ends the session. */
  void check(Certificate shown) throws IOException {
    if (shown == null || shown.isEmpty() || !matches(shown)) {
      throw new TlsFatalAlert(
          AlertDescription.bad_certificate, "the certificate is not the one announced in SDP");
    }
    checked = true;
  }

  private boolean matches(Certificate shown) throws IOException {
    return expected.matches(shown.getCertificateAt(0).getEncoded());
  }

  TlsCredentialedSigner credentials(TlsContext context) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        identity.crypto(),
        identity.key(),
        identity.certificate(),
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }

  /** The handshake is complete: RFC 5764 §4.2. */
  void complete(TlsContext context) throws TlsFatalAlert {
    if (profile == null || !checked) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no SRTP, or no certificate");
    }
    exported =
        context.exportKeyingMaterial(
            SrtpKeys.EXPORTER_LABEL, null, SrtpKeys.exportedBytes(profile));
  }

  DtlsKeys keys(DtlsRole role) {
    boolean client = role == DtlsRole.CLIENT;
    return new DtlsKeys(
        SrtpKeys.ofExport(profile, exported, client),
        SrtpKeys.ofExport(profile, exported, !client));
  }
}
