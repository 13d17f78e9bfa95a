/** The RTMP handshake, RTMP 1.0 §5.2, and the digest handshake that grew beside it. */
package io.rostrum.rtmp.handshake;
