package io.rostrum.catalog.timeline;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of facts.
 *
 * @param facts the timeline's records as they were written: {@code broadcast, seq, epoch, at, fact}
 * @param lastSeq {@code after} of the next page; what was asked for where there are none
 * @param more whether the next page has facts already
 * @param missingFacts facts that were lost on the way; 0 says that the index is complete so far
 */
public record TimelinePage(List<RawRecord> facts, long lastSeq, boolean more, long missingFacts) {

  /**
   * A record that passes through without being parsed.
   *
   * @param json a JSON object
   */
  @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
  public record RawRecord(@JsonValue @JsonRawValue String json) {}
}
