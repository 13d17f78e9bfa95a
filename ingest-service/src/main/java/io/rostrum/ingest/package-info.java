/**
 * The ingest service: takes publications over RTMP, checks their keys against what the catalog
 * wants, and puts their media on the {@code source} topic.
 *
 * <pre>
 *  broadcasts, timeline topics -> broadcast.BroadcastDirectory -> publish.PublishGate
 *                                                                   |
 *  TCP -> rtmp.RtmpConnection -> media.MediaIntake -> publish.Publication -> source.SourceProducer -> source topic
 *         (event loop)           (timestamps, cutting)                       (writer thread)
 * </pre>
 *
 * <p>All of a connection happens on its event loop, up to the record; one thread hands records to
 * Kafka's producer, which may block. Nothing here loads native code (DESIGN.md, invariant 8), and
 * nothing waits for the catalog (invariant 1).
 */
package io.rostrum.ingest;
