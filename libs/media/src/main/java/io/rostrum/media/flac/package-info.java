/**
 * FLAC headers: the stream's configuration and the duration of a frame. Nothing here decodes audio.
 */
package io.rostrum.media.flac;
