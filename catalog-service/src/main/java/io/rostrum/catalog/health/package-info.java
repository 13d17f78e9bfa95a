/** How a live broadcast is doing: what ingest and transcode report, with what the timeline says. */
package io.rostrum.catalog.health;
