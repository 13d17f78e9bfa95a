/**
 * What publishers sent: the values of the {@code source} topic, written by ingest and read by
 * transcode.
 *
 * <p>Per broadcast: {@link io.rostrum.contracts.source.SourceRecord.PublicationStart}, then {@link
 * io.rostrum.contracts.source.SourceRecord.Chunk}s, then {@link
 * io.rostrum.contracts.source.SourceRecord.PublicationEnd} where ingest lived to write one. A start
 * while another publication is open supersedes it: records of the older one that come later are
 * ignored. A second start of the open publication means that it goes on with a media clock of its
 * own, behind a discontinuity. The init bytes of the start and the payloads of the chunks, written
 * to a file one after the other, are a fragmented MP4 file.
 */
package io.rostrum.contracts.source;
