package io.rostrum.ingest.media;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.cmaf.Fragment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a {@link MediaIntake} sends, read back from the bytes. */
final class RecordingOpener implements PublicationOpener {

  record Chunk(
      int trackId, boolean segmentStart, boolean partStart, boolean sync, List<AccessUnit> units) {

    long durationTicks() {
      return units.stream().mapToLong(AccessUnit::durationTicks).sum();
    }
  }

  static final class Publication {
    final List<Track> tracks;
    final Instant pdt;
    final List<Chunk> chunks = new ArrayList<>();

    Publication(List<Track> tracks, Instant pdt) {
      this.tracks = tracks;
      this.pdt = pdt;
    }

    List<AccessUnit> units(int trackId) {
      return chunks.stream()
          .filter(c -> c.trackId == trackId)
          .flatMap(c -> c.units.stream())
          .toList();
    }

    List<Integer> trackIds() {
      return tracks.stream().map(Track::id).toList();
    }
  }

  final List<Publication> publications = new ArrayList<>();

  @Override
  public PublicationOutput open(List<Track> tracks, Instant pdt) {
    Publication publication = new Publication(tracks, pdt);
    publications.add(publication);
    return (trackId, segmentStart, partStart, sync, fragment) -> {
      try {
        List<Fragment> read = Fragment.readAll(fragment.write());
        if (read.size() != 1 || read.get(0).trackId() != trackId) {
          throw new AssertionError("one fragment of track " + trackId + " expected: " + read);
        }
        publication.chunks.add(
            new Chunk(trackId, segmentStart, partStart, sync, read.get(0).samples()));
      } catch (MalformedMediaException e) {
        throw new AssertionError(e);
      }
    };
  }

  Publication only() {
    if (publications.size() != 1) {
      throw new AssertionError("one publication expected, got " + publications.size());
    }
    return publications.get(0);
  }
}
