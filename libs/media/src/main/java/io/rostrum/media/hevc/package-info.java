/**
 * HEVC headers and framing, as far as passing it through needs them: the decoder configuration
 * record, size and rate from the sequence parameter set, what may stay in a sample.
 */
package io.rostrum.media.hevc;
