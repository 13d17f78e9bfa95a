/** Health checks. */
package io.rostrum.ingest.health;
