package io.rostrum.transcode.segment;

/**
 * A coded picture on its way to the codec worker.
 *
 * @param ptsTicks presentation time on the broadcast's media clock, 90 kHz
 * @param dtsTicks decoding time, likewise
 * @param sync whether it is an IDR
 * @param data length-prefixed NAL units
 */
public record VideoSample(long ptsTicks, long dtsTicks, boolean sync, byte[] data) {}
