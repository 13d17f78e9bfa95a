package io.rostrum.transcode.revision;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.transcode.ladder.Ladder;

/**
 * What came of going over a recording. Everything that it names is in the object store.
 *
 * @param fact what to say of it; null where nobody asked and nothing was to be done
 * @param ladder the renditions that the recording has now
 */
public record Outcome(Fact.Revised fact, Ladder ladder) {}
