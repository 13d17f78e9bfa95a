/** One broadcast from source records to facts, parts and stored segments. */
package io.rostrum.transcode.broadcast;
