package io.rostrum.catalog.broadcast;

import io.rostrum.catalog.json.PlainText;
import io.rostrum.contracts.broadcast.Audience;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Who may watch.
 *
 * @param rules whoever one of them admits
 */
public record AudienceRequest(
    @NotNull(message = "is missing") @Size(min = 1, max = 100, message = "must have 1 to 100 rules")
        List<@Valid @NotNull(message = "must not be null") RuleRequest> rules) {

  /**
   * @param kind what the rule looks at
   * @param name group or user name for the kinds GROUP and PERSON
   */
  @NamedWhereNeeded
  public record RuleRequest(
      @NotNull(message = "must be one of PUBLIC, SIGNED_IN, GROUP, PERSON") Audience.Kind kind,
      @Size(max = 200, message = "must have 200 characters at most") @PlainText String name) {

    boolean isOfSomebody() {
      return kind == Audience.Kind.GROUP || kind == Audience.Kind.PERSON;
    }

    Audience.Rule toRule() {
      return new Audience.Rule(kind, isOfSomebody() ? name.strip() : null);
    }
  }

  Audience toAudience() {
    return new Audience(rules.stream().map(RuleRequest::toRule).distinct().toList());
  }
}
