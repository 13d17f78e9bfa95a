package io.rostrum.catalog.library;

import io.rostrum.catalog.broadcast.Broadcast;
import io.rostrum.catalog.broadcast.BroadcastState;
import io.rostrum.catalog.broadcast.BroadcastView;
import io.rostrum.catalog.broadcast.BroadcastViews;
import io.rostrum.catalog.broadcast.Progress;
import io.rostrum.catalog.broadcast.ProgressIndex;
import io.rostrum.catalog.json.PlainText;
import io.rostrum.catalog.json.QueryNumber;
import io.rostrum.catalog.problem.ProblemException;
import io.rostrum.catalog.security.Caller;
import jakarta.annotation.security.PermitAll;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Lists what the caller may see: everything for managers, else by the audience rules. */
@Path("/api/v1/broadcasts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Broadcasts")
public class LibraryResource {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;

  private final EntityManager entityManager;
  private final ProgressIndex progressIndex;
  private final BroadcastViews views;
  private final Caller caller;

  LibraryResource(
      EntityManager entityManager,
      ProgressIndex progressIndex,
      BroadcastViews views,
      Caller caller) {
    this.entityManager = entityManager;
    this.progressIndex = progressIndex;
    this.views = views;
    this.caller = caller;
  }

  @GET
  @PermitAll
  @Transactional
  @Operation(summary = "The library: what the caller may see, newest first")
  public LibraryPage list(
      @Parameter(description = "Words in title or description")
          @RestQuery
          @Size(max = 200, message = "must have 200 characters at most")
          @PlainText
          String q,
      @Parameter(description = "Only these states; may be repeated or separated by commas")
          @RestQuery
          List<String> state,
      @Parameter(description = "nextCursor of the page before") @RestQuery String cursor,
      @Parameter(description = "1 to 100, 20 if absent") @RestQuery String limit) {
    int size = (int) QueryNumber.parse("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
    boolean manager = caller.isManager();
    LibraryQuery query = new LibraryQuery();
    if (!caller.isSignedIn()) {
      query.visibleToAnybody();
    } else if (!manager) {
      query.visibleTo(caller.userName(), caller.groups());
    }
    if (q != null && !q.isBlank()) {
      query.containing(q.strip());
    }
    List<BroadcastState> states = parseStates(state);
    if (!states.isEmpty()) {
      query.inOneOf(states);
    }
    if (cursor != null && !cursor.isEmpty()) {
      query.after(Cursor.decode(cursor));
    }
    List<Broadcast> found = query.list(entityManager, size + 1);
    return page(found, size, manager);
  }

  private LibraryPage page(List<Broadcast> found, int size, boolean manager) {
    List<Broadcast> shown = found.subList(0, Math.min(size, found.size()));
    Map<String, Progress> progress = progressIndex.of(shown.stream().map(Broadcast::id).toList());
    List<BroadcastView> items =
        shown.stream()
            .map(
                broadcast -> {
                  Progress own =
                      progress.getOrDefault(broadcast.id(), Progress.none(broadcast.id()));
                  return manager
                      ? views.forManager(broadcast, own)
                      : views.forViewer(broadcast, own);
                })
            .toList();
    boolean more = found.size() > size;
    BroadcastView last = more ? items.get(items.size() - 1) : null;
    return new LibraryPage(items, more ? new Cursor(last.createdAt(), last.id()).encode() : null);
  }

  private static List<BroadcastState> parseStates(List<String> texts) {
    return texts.stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(LibraryResource::parseState)
        .toList();
  }

  private static BroadcastState parseState(String text) {
    return Arrays.stream(BroadcastState.values())
        .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.ofField(
                    "state", "must be one of " + Arrays.toString(BroadcastState.values())));
  }
}
