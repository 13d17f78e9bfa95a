/**
 * CMAF (ISO/IEC 23000-19) on ISO BMFF (ISO/IEC 14496-12), as HLS wants it: an {@link
 * io.rostrum.media.cmaf.InitSegment} describes the tracks, and {@link
 * io.rostrum.media.cmaf.Fragment}s carry their access units.
 *
 * <p>The rules of the house: one track per fragment, decode times that start at the first
 * presentation time, signed composition offsets, no edit lists, every default in the fragment
 * itself. So parts concatenate to segments, and an init segment followed by fragments is a file
 * that any player plays.
 */
package io.rostrum.media.cmaf;
