/** The bytes of segments and parts on this node. */
package io.rostrum.playback.segment;
