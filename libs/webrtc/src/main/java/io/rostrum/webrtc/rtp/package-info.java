/** RTP (RFC 3550): packets, their order, repair (RFC 4585, RFC 4588) and their times. */
package io.rostrum.webrtc.rtp;
