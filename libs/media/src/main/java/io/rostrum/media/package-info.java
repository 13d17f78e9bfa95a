/**
 * Coded media as Rostrum carries it from ingest to the viewer: access units, the formats of the
 * tracks they belong to, and the clock arithmetic between them.
 *
 * <p>An ingest protocol hands over a codec configuration and coded frames. {@link
 * X {@link io.rostrum.media.opus} read the
 * configurations; {@link io.rostrum.media.VideoFormat} and {@link io.rostrum.media.AudioFormat} say
 * what every later stage needs to know; {@link io.rostrum.media.cmaf} turns tracks and access units
 * into CMAF and back.
 *
 * <p>Everything here is plain Java that treats its input as hostile: readers have fixed limits,
 * never allocate by a length the input does not hold, and fail only with {@link
 * io.rostrum.media.MalformedMediaException}. No type is null unless its Javadoc says so. All types
 * are immutable, and safe to share between threads as long as nobody writes to the arrays they
 * hold.
 */
package io.rostrum.media;
