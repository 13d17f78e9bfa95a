package io.rostrum.contracts.broadcast;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.rostrum.contracts.ContractException;
import java.util.List;
import java.util.Set;

/**
 * Who may watch: whoever at least one rule admits.
 *
 * @param rules at least one
 */
public record Audience(List<Rule> rules) {
  /** Kinds of rule. */
  public enum Kind {
    /** Everybody, without signing in. */
    PUBLIC,
    /** Everybody who is signed in. */
    SIGNED_IN,
    /** Members of the group {@code name}. */
    GROUP,
    /** The person whose user name is {@code name}. */
    PERSON
  }

  /**
   * @param kind what the rule looks at
   * @param name group or user name; null for {@link Kind#PUBLIC} and {@link Kind#SIGNED_IN}
   */
  public record Rule(Kind kind, String name) {
    public Rule {
      if (kind == null) {
        throw new ContractException("an audience rule has a kind");
      }
      boolean named = kind == Kind.GROUP || kind == Kind.PERSON;
      if (named && (name == null || name.isBlank())) {
        throw new ContractException("an audience rule of kind " + kind + " has a name");
      }
    }
  }

  public Audience {
    if (rules == null || rules.isEmpty()) {
      throw new ContractException("an audience has at least one rule");
    }
    rules = List.copyOf(rules);
  }

  /** The default: everybody who is signed in. */
  public static Audience signedIn() {
    return new Audience(List.of(new Rule(Kind.SIGNED_IN, null)));
  }

  /** Whether no sign-in is needed. */
  @JsonIgnore
  public boolean isPublic() {
    return rules.stream().anyMatch(rule -> rule.kind() == Kind.PUBLIC);
  }

  /** Whether a signed-in person is admitted. */
  public boolean admits(String userName, Set<String> groups) {
    return rules.stream()
        .anyMatch(
            rule ->
                switch (rule.kind()) {
                  case PUBLIC, SIGNED_IN -> true;
                  case GROUP -> groups.contains(rule.name());
                  case PERSON -> rule.name().equals(userName);
                });
  }
}
