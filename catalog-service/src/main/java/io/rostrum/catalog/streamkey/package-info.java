/** Stream keys: made, shown once, revoked; and short-lived ones for going live from the browser. */
package io.rostrum.catalog.streamkey;
