package io.rostrum.media.cmaf;

/**
 * Defaults for the samples of a track, ISO/IEC 14496-12:2022 §8.8.3.
 *
 * @param durationTicks default_sample_duration; 0 where there is none
 * @param sizeBytes default_sample_size; 0 where there is none
 * @param flags default_sample_flags
 */
public record SampleDefaults(int durationTicks, int sizeBytes, int flags) {}
