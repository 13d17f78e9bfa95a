/**
 * RTCP: reports (RFC 3550), requests for packets and pictures (RFC 4585), and transport-wide
 * congestion feedback.
 */
package io.rostrum.webrtc.rtcp;
