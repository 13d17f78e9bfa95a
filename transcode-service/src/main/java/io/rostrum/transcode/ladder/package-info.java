/** Which renditions a broadcast has. */
package io.rostrum.transcode.ladder;
