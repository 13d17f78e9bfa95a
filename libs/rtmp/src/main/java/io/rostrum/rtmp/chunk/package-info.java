/** The chunk stream, RTMP 1.0 §5.3: messages cut into interleaved chunks, both ways. */
package io.rostrum.rtmp.chunk;
