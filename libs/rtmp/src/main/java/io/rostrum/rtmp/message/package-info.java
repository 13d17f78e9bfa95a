/** RTMP messages, RTMP 1.0 §5.4, §6.2 and §7.1, as values. */
package io.rostrum.rtmp.message;
