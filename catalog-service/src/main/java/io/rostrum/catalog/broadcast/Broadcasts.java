package io.rostrum.catalog.broadcast;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.rostrum.catalog.problem.ProblemException;
import io.rostrum.catalog.problem.ProblemKind;
import io.rostrum.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/** Broadcasts by id. */
@ApplicationScoped
public class Broadcasts implements PanacheRepositoryBase<Broadcast, String> {
  /**
   * @throws ProblemException 404 if there is none
   */
  public Broadcast require(String id) {
    // Nothing that does not have the form of an id goes to the database.
    return Optional.ofNullable(Ids.isId(id) ? findById(id) : null)
        .orElseThrow(Broadcasts::notFound);
  }

  /**
   * The broadcast, locked against other changes until the transaction ends.
   *
   * @throws ProblemException 404 if there is none
   */
  public Broadcast requireLocked(String id) {
    return Optional.ofNullable(Ids.isId(id) ? findById(id, LockModeType.PESSIMISTIC_WRITE) : null)
        .orElseThrow(Broadcasts::notFound);
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemKind.NOT_FOUND,
        "There is no broadcast with this id. It may have been deleted;"
            + " GET /api/v1/broadcasts lists those you may see.");
  }
}
