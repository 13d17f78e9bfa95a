/**
 * H.264 headers and framing: the decoder configuration record, sequence parameter sets, and NAL
 * units in both framings. Nothing here decodes pictures.
 *
 * <p>A publisher's configuration goes through {@link io.rostrum.media.avc.AvcDecoderConfig}, its
 * frames through {@link io.rostrum.media.avc.NalUnits} and {@link
 * io.rostrum.media.avc.AvcAccessUnit}, which bring them into the one form the house uses: four-byte
 * lengths, no delimiters, no filler, no parameter sets.
 */
package io.rostrum.media.avc;
