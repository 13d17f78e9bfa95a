package io.rostrum.transcode.segment;

/**
 * A finished part.
 *
 * @param index ordinal in its segment, from 0
 * @param payload CMAF: one {@code moof} and {@code mdat}
 * @param durationTicks in ticks of the rendition's timescale
 * @param independent whether it holds an independently decodable frame
 * @param receivedAtMs when ingest had the last byte of its last frame, wall-clock milliseconds; 0
 *     where unknown
 */
public record SegmentPart(
    int index, byte[] payload, long durationTicks, boolean independent, long receivedAtMs) {}
