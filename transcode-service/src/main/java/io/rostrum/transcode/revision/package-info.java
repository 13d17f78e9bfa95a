/**
 * Revisions of finished recordings: what was left out while live is encoded from what was stored,
 * and a recording is encoded to another ladder, when there is room.
 *
 * <p>A {@link io.rostrum.transcode.revision.RevisionJob} reads the newest timeline from the object
 * store, has what is missing encoded by a codec child exactly as live, and writes the objects and a
 * new timeline; nothing that exists is touched. The owner of the broadcast's partition then commits
 * the {@code revised} fact. A job that dies anywhere is begun again and comes to the same bytes.
 */
package io.rostrum.transcode.revision;
