/**
 * One source segment in, its encoded renditions out: a pure function of the segment, its pre-roll
 * and the ladder.
 *
 * <pre>
 * samples -> VideoDecoder -> FrameGrid (which slot?) -> ScalerChain --canvas--> RungLane: VideoEncoder -> PacketGate -> replies
 *            |---------------- the worker's thread -----------------|           |--------- one thread per rung ----------|
 * </pre>
 */
package io.rostrum.codecworker.segment;
