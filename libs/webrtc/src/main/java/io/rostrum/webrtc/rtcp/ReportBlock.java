package io.rostrum.webrtc.rtcp;

/**
 * What one receiver says of one stream, RFC 3550 §6.4.1.
 *
 * @param fractionLost since the last report, in 1/256
 * @param cumulativeLost signed, 24 bits
 * @param highestSequence with cycles
 * @param jitter in ticks of the stream's clock
 * @param lastSenderReport middle 32 bits of its NTP time; 0 before the first
 * @param delaySinceLastSenderReport in 1/65536 s
 */
public record ReportBlock(
    int ssrc,
    int fractionLost,
    int cumulativeLost,
    int highestSequence,
    int jitter,
    int lastSenderReport,
    int delaySinceLastSenderReport) {}
