/**
 * AC-3 and Enhanced AC-3 headers: what a frame is, and the configuration that MP4 wants of it.
 * Nothing here decodes audio.
 */
package io.rostrum.media.ac3;
