package io.rostrum.webrtc.dtls;

import io.rostrum.webrtc.srtp.SrtpKeys;

/**
 * What a handshake is for.
 *
 * @param local keys to send with
 * @param remote keys to receive with
 */
public record DtlsKeys(SrtpKeys local, SrtpKeys remote) {}
