/**
 * From source records to segments, as a pure function of the records and of what owners decided:
 * {@link io.rostrum.transcode.segment.Segmenter} cuts, {@link io.rostrum.transcode.segment.Segment}
 * holds what is being made. No clock, no thread, no input or output.
 */
package io.rostrum.transcode.segment;
