/**
 * The storyboard: small pictures for the time range of players, and one larger picture that stands
 * for the broadcast.
 *
 * <p>The codec child makes them beside the rungs. Those of a segment are one JPEG, uploaded with
 * the segment and named in its {@code stored} fact, so they are exactly as crash-proof as the
 * segment. Whenever enough of them are there, the upload that completes a sheet joins them, without
 * decoding anything, from what is in the object store.
 */
package io.rostrum.transcode.storyboard;
