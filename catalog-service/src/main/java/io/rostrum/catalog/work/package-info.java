/** Work in the background that survives the absence of whatever it needs. */
package io.rostrum.catalog.work;
