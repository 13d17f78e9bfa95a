/**
 * Deletion: the broadcast is gone for everybody at once; its media and facts follow by a durable
 * job, as soon as the object store is there, and once more later for what arrived late.
 */
package io.rostrum.catalog.deletion;
