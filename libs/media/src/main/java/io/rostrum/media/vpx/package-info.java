/**
 * VP8 and VP9: picture size from a key frame, since their configuration record does not have it.
 */
package io.rostrum.media.vpx;
