/** SDP offers read within limits (RFC 8866), and answered (RFC 3264, RFC 8829, RFC 9725). */
package io.rostrum.webrtc.sdp;
