/** Delivery of records to the {@code source} topic. */
package io.rostrum.ingest.source;
