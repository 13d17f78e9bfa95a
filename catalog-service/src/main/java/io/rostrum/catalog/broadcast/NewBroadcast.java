package io.rostrum.catalog.broadcast;

import io.rostrum.catalog.json.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * The body of {@code POST /api/v1/broadcasts}. Everything but the title may be absent.
 *
 * @param startsAt when it is planned to start
 * @param audience everybody who is signed in, if absent
 */
public record NewBroadcast(
    @NotBlank(message = "is missing: a broadcast has a title")
        @Size(max = 200, message = "must have 200 characters at most")
        @PlainText
        String title,
    @Size(max = 5000, message = "must have 5000 characters at most") @PlainText(multiline = true)
        String description,
    @PlausibleTime Instant startsAt,
    @Valid AudienceRequest audience,
    @Valid DvrSettings dvr,
    @Valid PublishingSettings publishing) {

  Broadcast toBroadcast(String createdBy, Instant now) {
    Broadcast broadcast = new Broadcast(title.strip(), createdBy, now);
    broadcast.description = description;
    broadcast.startsAt = startsAt;
    if (audience != null) {
      broadcast.audience = audience.toAudience();
    }
    if (dvr != null && dvr.liveWindowSeconds() != null) {
      broadcast.liveWindowSeconds = dvr.liveWindowSeconds();
    }
    if (publishing != null) {
      publishing.applyTo(broadcast);
    }
    return broadcast;
  }
}
