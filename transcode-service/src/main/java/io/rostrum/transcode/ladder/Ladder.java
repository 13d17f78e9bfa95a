package io.rostrum.transcode.ladder;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.timeline.Rendition;
import java.util.List;
import java.util.Optional;

/**
 * The renditions of a broadcast, fixed by its first publication.
 *
 * @param renditions all of them, in the order of playlists
 * @param rungs how those that are encoded are encoded
 */
public record Ladder(List<Rendition> renditions, List<Rung> rungs) {
  /** The name of the rendition whose video is passed through. */
  public static final String SOURCE = "source";

  /** The name of the audio rendition. */
  public static final String AUDIO = "audio";

  public Ladder {
    renditions = List.copyOf(renditions);
    rungs = List.copyOf(rungs);
  }

  /** The rendition of that name. */
  public Optional<Rendition> rendition(String name) {
    return renditions.stream().filter(rendition -> rendition.name().equals(name)).findFirst();
  }

  /** Whether viewers have the publisher's own pictures to watch. */
  public boolean passesThrough() {
    return rendition(SOURCE).isPresent();
  }

  /** The rung of that name. */
  public Optional<Rung> rung(String name) {
    return rungs.stream().filter(rung -> rung.name().equals(name)).findFirst();
  }

  /** The same with what the encoder of a rung says that it writes. */
  public Ladder withCodecs(String name, String codecs) {
    return new Ladder(
        renditions.stream()
            .map(
                rendition ->
                    rendition.name().equals(name) ? rendition.withCodecs(codecs) : rendition)
            .toList(),
        rungs);
  }

  /** The same without what cannot be passed through. */
  public Ladder withoutSource() {
    return without(SOURCE);
  }

  /** The same without the rendition of that name. */
  public Ladder without(String name) {
    return new Ladder(
        renditions.stream().filter(r -> !r.name().equals(name)).toList(),
        rungs.stream().filter(rung -> !rung.name().equals(name)).toList());
  }

  /** The same without its encoded renditions: for a broadcast whose codec worker does not start. */
  public Ladder withoutRungs() {
    return new Ladder(
        renditions.stream().filter(rendition -> rung(rendition.name()).isEmpty()).toList(),
        List.of());
  }
}
