/**
 * The wire protocol between transcode-service and its codec worker, one child process per
 * broadcast.
 *
 * <p>Both directions are sequences of frames over a pipe: {@code u32 length, u8 type, fields}, big
 * endian, where length counts the type and the fields. {@link
 * io.rostrum.contracts.codec.WorkerRequests} goes to the worker's standard input, {@link
 * io.rostrum.contracts.codec.WorkerReplies} comes from its standard output. The pipes carry media
 * and nothing else: no credential, name or address of anything ever crosses them.
 *
 * <pre>
 * parent                                          worker
 *                                            <--  Ready
 * Configure                                   --> RungReady per rung | ConfigureFailed
 * BeginSegment, Sample..., EndSegment         --> Encoded..., then one of SegmentDone | SegmentFailed
 * AbandonSegment (at any time)                --> SegmentFailed for that segment, unless it was done
 * Configure (a new publication)               --> RungReady per rung | ConfigureFailed
 * ConfigureThumbnails                         --> Thumbnail... among the Encoded of later segments
 * ConfigureAudio                              --> AudioReady | ConfigureFailed
 * BeginAudio, AudioSample..., EndAudio        --> EncodedAudio..., then one of AudioDone | AudioFailed
 * Shutdown                                    --> end of stream, exit code 0
 * </pre>
 *
 * Video and audio are independent of each other: either may be left out, and their requests may be
 * interleaved in any way.
 *
 * <p>Neither side trusts the other: every length and every value is checked against {@link
 * io.rostrum.contracts.codec.WorkerProtocol}'s limits, and whatever is wrong is a {@link
 * io.rostrum.contracts.codec.WorkerProtocolException}, after which the connection is of no use.
 */
package io.rostrum.contracts.codec;
