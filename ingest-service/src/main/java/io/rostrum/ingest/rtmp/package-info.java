/**
 * The RTMP server: {@link io.rostrum.ingest.rtmp.RtmpServer} listens, {@link
 * io.rostrum.ingest.rtmp.RtmpConnection} owns a socket and its time-outs, {@link
 * io.rostrum.ingest.rtmp.RtmpSession} speaks the commands, {@link
 * io.rostrum.ingest.rtmp.RtmpPublication} is what a granted {@code publish} leads to. All of a
 * connection runs on its event loop, one of {@link io.rostrum.ingest.rtmp.PacedTransport}'s, which
 * read what has come in at most once in a period.
 */
package io.rostrum.ingest.rtmp;
