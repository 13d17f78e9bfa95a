/**
 * What each codec's configurations and access units look like when publishers send them, and the
 * one form that the rest of the house knows: a {@link io.rostrum.media.TrackFormat} and samples as
 * CMAF stores them. Knows no protocol and no clock.
 */
package io.rostrum.ingest.media.codec;
