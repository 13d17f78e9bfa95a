/** Sessions and the UDP port that they share. */
package io.rostrum.webrtc.peer;
