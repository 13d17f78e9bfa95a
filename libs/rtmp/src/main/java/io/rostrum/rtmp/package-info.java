/**
 * The RTMP wire codec: plain Java over {@code byte[]} and {@link java.nio.ByteBuffer}, without I/O,
 * threads or clocks.
 *
 * <p>Bytes of one connection flow through it in this order; every stage may be fed one byte at a
 * time:
 *
 * <pre>
 *  socket bytes -> handshake.ServerHandshake -> chunk.ChunkReader -> message.MessageReader -> flv.VideoTag / flv.AudioTag
 *                                                                       '-> amf0.Amf0Reader (commands, metadata)
 *  socket bytes <- chunk.ChunkWriter <- message.Message
 * </pre>
 *
 * <p>What is read is bounded by {@link io.rostrum.rtmp.RtmpLimits}; what cannot be read ends in
 * {@link io.rostrum.rtmp.RtmpException} and in nothing else. No class here is safe for use by two
 * threads at once: a connection belongs to one thread.
 *
 * <p>Specifications, cited by section where a branch implements them:
 *
 * <ul>
 *   <li>RTMP 1.0: Adobe's Real Time Messaging Protocol, December 21, 2012
 *   <li>E-RTMP v2: Enhanced RTMP, v2-2026-01-31-r2 (Veovera Software Organization)
 *   <li>FLV: Adobe Flash Video File Format Specification 10.1, Annex E
 *   <li>AMF0: Action Message Format AMF 0, December 2007
 *   <li>AMF3: Action Message Format AMF 3, January 2013
 * </ul>
 */
package io.rostrum.rtmp;
