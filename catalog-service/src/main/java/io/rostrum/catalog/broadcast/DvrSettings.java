package io.rostrum.catalog.broadcast;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How far viewers can go back while it is live.
 *
 * @param liveWindowSeconds length of {@code live.m3u8}; null leaves it as it is ({@code index.m3u8}
 *     always reaches back to the start)
 */
public record DvrSettings(
    @Min(value = 30, message = "must be 30 at least")
        @Max(value = 86_400, message = "must be 86400 at most")
        Integer liveWindowSeconds) {}
