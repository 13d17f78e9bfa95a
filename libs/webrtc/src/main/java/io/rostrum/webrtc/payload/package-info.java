/**
 * Frames out of RTP payloads: H.264 (RFC 6184), VP8 (RFC 7741), VP9 (RFC 9628), AV1 (AOM's RTP
 * Payload Format for AV1), Opus (RFC 7587).
 */
package io.rostrum.webrtc.payload;
