package io.rostrum.catalog.broadcast;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Progress by broadcast. */
@ApplicationScoped
public class ProgressIndex implements PanacheRepositoryBase<Progress, String> {
  /** Progress of a broadcast, {@link Progress#none} where nothing happened yet. */
  public Progress of(String broadcastId) {
    return findByIdOptional(broadcastId).orElseGet(() -> Progress.none(broadcastId));
  }

  /** Progress of those of the broadcasts that have some, by id. */
  public Map<String, Progress> of(Collection<String> broadcastIds) {
    return list("broadcastId in ?1", broadcastIds).stream()
        .collect(Collectors.toMap(Progress::broadcastId, Function.identity()));
  }
}
