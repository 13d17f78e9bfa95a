/** What monitoring sees. */
package io.rostrum.transcode.health;
