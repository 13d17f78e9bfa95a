/** The object store: uploads that are repeated until they succeed. */
package io.rostrum.transcode.store;
