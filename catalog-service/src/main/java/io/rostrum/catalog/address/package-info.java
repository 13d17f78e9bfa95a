/** Where viewers and publishers reach a broadcast. */
package io.rostrum.catalog.address;
