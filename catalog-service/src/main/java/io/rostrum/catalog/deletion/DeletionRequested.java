package io.rostrum.catalog.deletion;

/** CDI event: the running transaction deletes a broadcast. */
record DeletionRequested() {}
