/** The library: the broadcasts that a caller may see, searched and paged. */
package io.rostrum.catalog.library;
