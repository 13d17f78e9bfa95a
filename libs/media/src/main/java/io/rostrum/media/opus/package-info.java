/**
 * Opus headers: the configuration in the forms that decoders and MP4 take, and the duration of a
 * packet. Nothing here decodes audio.
 */
package io.rostrum.media.opus;
