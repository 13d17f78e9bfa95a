/**
 * DTLS 1.2 by Bouncy Castle in both roles, certificates checked against the fingerprint in SDP (RFC
 * 8122), keys for SRTP exported (RFC 5764).
 */
package io.rostrum.webrtc.dtls;
