package io.rostrum.catalog.library;

import io.rostrum.catalog.broadcast.Broadcast;
import io.rostrum.catalog.broadcast.BroadcastState;
import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.json.ContractJson;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The SQL behind the library: conditions are joined with AND, values are always parameters. Every
 * rule of visibility is in the query, so that a page is full and the database does the sorting out.
 */
final class LibraryQuery {
  /** The same order of precedence as {@link Broadcast#state}. */
  private static final String STATE =
      "(case when p.ended_at is not null then 'ENDED'"
          + " when p.started_at is not null then 'LIVE'"
          + " when b.cancelled then 'CANCELLED'"
          + " when b.starts_at is not null then 'SCHEDULED'"
          + " else 'DRAFT' end)";

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  /** Only what is public. */
  LibraryQuery visibleToAnybody() {
    return admittedBy(List.of(new Audience.Rule(Audience.Kind.PUBLIC, null)), null);
  }

  /** Only what the audience rules admit a person to, and what the person made. */
  LibraryQuery visibleTo(String userName, Set<String> groups) {
    List<Audience.Rule> rules = new ArrayList<>();
    rules.add(new Audience.Rule(Audience.Kind.PUBLIC, null));
    rules.add(new Audience.Rule(Audience.Kind.SIGNED_IN, null));
    rules.add(new Audience.Rule(Audience.Kind.PERSON, userName));
    groups.stream()
        .filter(group -> !group.isBlank())
        .forEach(group -> rules.add(new Audience.Rule(Audience.Kind.GROUP, group)));
    return admittedBy(rules, userName);
  }

  private LibraryQuery admittedBy(List<Audience.Rule> rules, String creator) {
    List<String> alternatives = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      byte[] json = ContractJson.write(new Audience(List.of(rules.get(i))));
      parameters.put("rule" + i, new String(json, StandardCharsets.UTF_8));
      alternatives.add("b.audience @> cast(:rule" + i + " as jsonb)");
    }
    if (creator != null) {
      parameters.put("creator", creator);
      alternatives.add("b.created_by = :creator");
    }
    conditions.add("(" + String.join(" or ", alternatives) + ")");
    return this;
  }

  /** Words in title or description, whatever their case. */
  LibraryQuery containing(String text) {
    String escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    parameters.put("text", "%" + escaped + "%");
    conditions.add("(b.title ilike :text escape '!' or b.description ilike :text escape '!')");
    return this;
  }

  LibraryQuery inOneOf(Collection<BroadcastState> states) {
    parameters.put("states", states.stream().map(Enum::name).toList());
    conditions.add(STATE + " in (:states)");
    return this;
  }

  LibraryQuery after(Cursor cursor) {
    parameters.put("cursorCreatedAt", cursor.createdAt());
    parameters.put("cursorId", cursor.id());
    conditions.add("(b.created_at, b.id) < (:cursorCreatedAt, :cursorId)");
    return this;
  }

  /** Newest first. */
  @SuppressWarnings("unchecked")
  List<Broadcast> list(EntityManager entityManager, int limit) {
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    Query query =
        entityManager.createNativeQuery(
            "select b.* from broadcast b left join broadcast_progress p on p.broadcast_id = b.id"
                + where
                + " order by b.created_at desc, b.id desc",
            Broadcast.class);
    parameters.forEach(query::setParameter);
    return query.setMaxResults(limit).getResultList();
  }
}
