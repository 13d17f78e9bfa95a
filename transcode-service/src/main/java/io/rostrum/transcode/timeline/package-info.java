/** The timeline's way into the object store: pages while live, the whole when it is over. */
package io.rostrum.transcode.timeline;
