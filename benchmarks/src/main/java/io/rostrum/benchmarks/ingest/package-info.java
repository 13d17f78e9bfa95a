/** RTMP publishers by the hundred: ingest, and nginx with its RTMP module, under the same load. */
package io.rostrum.benchmarks.ingest;
