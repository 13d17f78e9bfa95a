/** Where bytes lie in the object store. */
package io.rostrum.contracts.storage;
