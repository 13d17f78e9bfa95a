/**
 * What is wanted of a broadcast: the values of the {@code broadcasts} topic. Written by the catalog
 * only.
 */
package io.rostrum.contracts.broadcast;
