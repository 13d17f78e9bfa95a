package io.rostrum.catalog.timeline;

import io.rostrum.catalog.broadcast.AudienceCheck;
import io.rostrum.catalog.broadcast.Broadcasts;
import io.rostrum.catalog.broadcast.ProgressIndex;
import io.rostrum.catalog.json.QueryNumber;
import jakarta.annotation.security.PermitAll;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Shows the facts of a broadcast. */
@Path("/api/v1/broadcasts/{id}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Timeline")
public class TimelineResource {
  private static final int DEFAULT_LIMIT = 500;
  private static final int MAX_LIMIT = 1000;

  private final Broadcasts broadcasts;
  private final ProgressIndex progressIndex;
  private final TimelineIndex index;
  private final AudienceCheck audience;

  TimelineResource(
      Broadcasts broadcasts,
      ProgressIndex progressIndex,
      TimelineIndex index,
      AudienceCheck audience) {
    this.broadcasts = broadcasts;
    this.progressIndex = progressIndex;
    this.index = index;
    this.audience = audience;
  }

  @GET
  @PermitAll
  @Transactional
  @Operation(summary = "The facts, as indexed, behind a record's sequence number")
  public TimelinePage get(
      String id,
      @Parameter(description = "Sequence number of the last record known; all if absent") @RestQuery
          String after,
      @Parameter(description = "1 to 1000, 500 if absent") @RestQuery String limit) {
    long known = QueryNumber.parse("after", after, -1, -1, Long.MAX_VALUE);
    int size = (int) QueryNumber.parse("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
    audience.requireVisible(broadcasts.require(id));
    List<IndexedFact> found = index.after(id, known, size + 1);
    List<IndexedFact> shown = found.subList(0, Math.min(size, found.size()));
    long lastSeq = shown.isEmpty() ? known : shown.get(shown.size() - 1).key.seq();
    return new TimelinePage(
        shown.stream().map(fact -> new TimelinePage.RawRecord(fact.record)).toList(),
        lastSeq,
        found.size() > size,
        progressIndex.of(id).missingFacts());
  }
}
