package io.rostrum.catalog.broadcast;

/** Whether somebody is sending. */
public enum PublisherState {
  CONNECTED,
  AWAY
}
