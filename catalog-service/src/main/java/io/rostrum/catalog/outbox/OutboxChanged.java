package io.rostrum.catalog.outbox;

/** CDI event: the running transaction added to the outbox. */
record OutboxChanged() {}
