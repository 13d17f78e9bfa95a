/**
 * The receiving half of WebRTC: plain Java with Bouncy Castle for DTLS, without native code.
 *
 * <pre>
 *  offer  -> sdp.SessionDescription -> sdp.Answerer -> answer
 *
 *  UDP -> peer.UdpPort -> Demultiplexer -> ice.IceLite (checks)
 *                                       -> dtls.DtlsEndpoint -> keys
 *                                       -> srtp.SrtpReceiver -> rtp.TrackReceiver -> payload.Depacketizer -> frames with times
 *  UDP <- peer.UdpPort <- srtp.SrtpSender <- rtcp.RtcpWriter (reports, NACK, PLI, congestion feedback)
 * </pre>
 *
 * <p>What is read is bounded, and what cannot be read ends in {@link
 * io.rostrum.webrtc.WebRtcException} and in nothing else. All of a session happens on its port's
 * thread, but for the handshake, which blocks and has one of its own.
 *
 * <p>Specifications, cited by section where a branch implements them: RFC 3264, 3550, 3711, 4585,
 * 4588, 5104, 5761, 5763, 5764, 6184, 7587, 7714, 7741, 7983, 8122, 8285, 8445, 8489, 8825 to 8866,
 * 9143, 9628, 9725; RTP Payload Format for AV1 1.0.0;
 * draft-holmer-rmcat-transport-wide-cc-extensions-01.
 */
package io.rostrum.webrtc;
