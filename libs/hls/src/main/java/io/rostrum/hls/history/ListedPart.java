package io.rostrum.hls.history;

/**
 * EXT-X-PART as it was read.
 *
 * @param uri as written
 * @param micros DURATION
 * @param independent INDEPENDENT=YES
 * @param gap GAP=YES
 */
public record ListedPart(String uri, long micros, boolean independent, boolean gap) {}
