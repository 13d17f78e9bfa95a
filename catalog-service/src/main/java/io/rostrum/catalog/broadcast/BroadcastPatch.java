package io.rostrum.catalog.broadcast;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.rostrum.catalog.json.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;

/**
 * The body of {@code PATCH /api/v1/broadcasts/{id}}, a merge patch (RFC 7396): what is absent
 * stays, {@code null} takes an optional value away. A class and not a record, because Jackson calls
 * setters only for what is there.
 */
public class BroadcastPatch {
  @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
  @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank")
  @PlainText
  private String title;

  @Size(max = 5000, message = "must have 5000 characters at most")
  @PlainText(multiline = true)
  private String description;

  @PlausibleTime private Instant startsAt;
  @Valid private AudienceRequest audience;
  @Valid private DvrSettings dvr;
  @Valid private PublishingSettings publishing;
  private Boolean cancelled;
  private boolean changesDescription;
  private boolean changesStartsAt;

  /** A new title; it cannot be taken away. */
  @JsonSetter(nulls = Nulls.FAIL)
  public void setTitle(String title) {
    this.title = title;
  }

  /** A new description, or none. */
  public void setDescription(String description) {
    this.description = description;
    changesDescription = true;
  }

  /** Another time, or none. */
  public void setStartsAt(Instant startsAt) {
    this.startsAt = startsAt;
    changesStartsAt = true;
  }

  /** Another audience, whole. */
  @JsonSetter(nulls = Nulls.FAIL)
  public void setAudience(AudienceRequest audience) {
    this.audience = audience;
  }

  /** Other settings of the live window. */
  @JsonSetter(nulls = Nulls.FAIL)
  public void setDvr(DvrSettings dvr) {
    this.dvr = dvr;
  }

  /** What happens with a second publisher and with none; also while it is live. */
  @JsonSetter(nulls = Nulls.FAIL)
  public void setPublishing(PublishingSettings publishing) {
    this.publishing = publishing;
  }

  /** Whether it is called off. */
  @JsonSetter(nulls = Nulls.FAIL)
  public void setCancelled(Boolean cancelled) {
    this.cancelled = cancelled;
  }

  /** Applies what is there. */
  @JsonIgnore
  void applyTo(Broadcast broadcast, BroadcastState state) {
    if (title != null) {
      broadcast.title = title.strip();
    }
    if (changesDescription) {
      broadcast.description = description;
    }
    if (changesStartsAt) {
      BroadcastRules.requireBeforeStart(state, "startsAt");
      broadcast.startsAt = startsAt;
    }
    if (audience != null) {
      broadcast.audience = audience.toAudience();
    }
    if (dvr != null && dvr.liveWindowSeconds() != null) {
      BroadcastRules.requireBeforeStart(state, "dvr");
      broadcast.liveWindowSeconds = dvr.liveWindowSeconds();
    }
    if (publishing != null) {
      publishing.applyTo(broadcast);
    }
    if (cancelled != null) {
      BroadcastRules.requireBeforeStart(state, "cancelled");
      broadcast.cancelled = cancelled;
    }
  }
}
