/**
 * WHIP (RFC 9725): publications out of browsers and other WebRTC senders.
 *
 * <pre>
 *  HTTP -> WhipEndpoint -> WhipSessions -> WhipSession <- io.rostrum.webrtc.peer.UdpPort <- UDP
 *          (event loop)                    (the UDP port's thread)
 * </pre>
 */
package io.rostrum.ingest.whip;
