/**
 * Playlists of HTTP Live Streaming: a model that cannot hold what the specification forbids, and
 * writers from it to text.
 *
 * <p>Specification: draft-pantos-hls-rfc8216bis-22, "HTTP Live Streaming 2nd Edition". Section
 * numbers in this package are that revision's. "AS" is Apple's HLS Authoring Specification.
 *
 * <p>{@link io.rostrum.hls.MediaPlaylistWriter} and {@link io.rostrum.hls.MultivariantWriter} are
 * pure functions. {@link io.rostrum.hls.GrowingPlaylist} gives the same bytes as {@link
 * io.rostrum.hls.MediaPlaylistWriter} at a cost that does not depend on the playlist's length: the
 * text of a closed segment is made once, and its compressed form once per group of segments.
 *
 * <p>Durations and times are exact ({@link io.rostrum.hls.MediaDuration}); they are rounded to
 * microseconds where they become text.
 */
package io.rostrum.hls;
