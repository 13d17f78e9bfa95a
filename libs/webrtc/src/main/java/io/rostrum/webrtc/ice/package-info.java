/** ICE-lite (RFC 8445) over STUN (RFC 8489): who may send to a session, and where answers go. */
package io.rostrum.webrtc.ice;
