package io.rostrum.catalog.broadcast;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What happens with a second publisher, and with none. Null leaves a setting as it is.
 *
 * @param takeover whether a second publisher supersedes the first, or is refused
 * @param autoEndSeconds how long the publisher may be away before the broadcast ends by itself
 */
public record PublishingSettings(
    Boolean takeover,
    @Min(value = 10, message = "must be 10 at least")
        @Max(value = 86_400, message = "must be 86400 at most")
        Integer autoEndSeconds) {

  void applyTo(Broadcast broadcast) {
    broadcast.takeover = takeover == null ? broadcast.takeover : takeover;
    broadcast.autoEndSeconds = autoEndSeconds == null ? broadcast.autoEndSeconds : autoEndSeconds;
  }
}
