/**
 * SRTP and SRTCP on the JDK's own ciphers: RFC 3711, RFC 7714. Byte arrays in, byte arrays out;
 * keys come from DTLS.
 */
package io.rostrum.webrtc.srtp;
