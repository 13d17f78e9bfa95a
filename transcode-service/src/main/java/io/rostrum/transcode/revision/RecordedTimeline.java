package io.rostrum.transcode.revision;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.transcode.ladder.Ladder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The finished timeline of a recording as it lies in the object store: gzip of one fact a line.
 *
 * @param records in their order
 */
record RecordedTimeline(List<TimelineRecord> records) {
  /** A timeline of a week is some 60 MB; more is not one. */
  static final int MAX_BYTES = 256 * 1024 * 1024;

  RecordedTimeline {
    records = List.copyOf(records);
  }

  /**
   * @throws IOException if it is not such an object
   * @throws io.rostrum.contracts.ContractException if a line is not a fact
   */
  static RecordedTimeline read(byte[] object) throws IOException {
    List<TimelineRecord> records = new ArrayList<>();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(object))) {
      byte[] lines = in.readNBytes(MAX_BYTES + 1);
      if (lines.length > MAX_BYTES) {
        throw new IOException("a timeline of more than " + MAX_BYTES + " bytes");
      }
      int start = 0;
      for (int i = 0; i < lines.length; i++) {
        if (lines[i] == '\n') {
          records.add(TimelineRecord.parse(java.util.Arrays.copyOfRange(lines, start, i)));
          start = i + 1;
        }
      }
    }
    return new RecordedTimeline(records);
  }

  /** The object. The same facts always give the same bytes. */
  byte[] write() {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(object)) {
      for (TimelineRecord record : records) {
        gzip.write(record.toBytes());
        gzip.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array stream does not fail", e);
    }
    return object.toByteArray();
  }

  /** The renditions; empty where nothing was ever opened. */
  List<Rendition> renditions() {
    return records.stream()
        .map(TimelineRecord::fact)
        .filter(fact -> fact instanceof Fact.Open open && open.ladder() != null)
        .map(fact -> ((Fact.Open) fact).ladder())
        .findFirst()
        .orElse(List.of());
  }

  /** The segments that somebody published, in their order. */
  List<RecordedSegment> segments() {
    Map<Long, Fact.Stored> stored = new HashMap<>();
    for (TimelineRecord record : records) {
      if (record.fact() instanceof Fact.Stored now) {
        stored.put(now.msn(), now);
      }
    }
    Map<String, byte[]> inits = new HashMap<>();
    Set<String> varying = new HashSet<>();
    List<RecordedSegment> segments = new ArrayList<>();
    Fact.Open open = null;
    for (TimelineRecord record : records) {
      if (record.fact() instanceof Fact.Publisher publisher
          && SourceRecord.Protocol.WHIP.name().equals(publisher.protocol())) {
        varying.add(publisher.publication());
      } else if (record.fact() instanceof Fact.Open now) {
        open = now;
        inits.putAll(now.newInits());
      } else if (record.fact() instanceof Fact.Close close
          && open != null
          && open.publication() != null
          && stored.containsKey(close.msn())) {
        segments.add(
            new RecordedSegment(
                open,
                close,
                stored.get(close.msn()),
                varying.contains(open.publication()),
                inits.get(open.inits().get(Ladder.SOURCE))));
      }
    }
    return segments;
  }

  /**
   * The same recording with what was made of it since.
   *
   * @param ladder the renditions it has now
   * @param made by segment
   */
  RecordedTimeline with(List<Rendition> ladder, Map<Long, MadeSegment> made) {
    Set<String> names = new HashSet<>(List.of(Fact.Stored.PICTURES));
    ladder.forEach(rendition -> names.add(rendition.name()));
    Set<String> carried = new HashSet<>();
    List<TimelineRecord> revised = new ArrayList<>();
    for (TimelineRecord record : records) {
      MadeSegment of = made.getOrDefault(record.fact().segmentMsn(), MadeSegment.NOTHING);
      Fact fact = record.fact();
      if (fact instanceof Fact.Open open) {
        fact = open(open, of, ladder, carried);
      } else if (fact instanceof Fact.Close close) {
        Map<String, Fact.SegmentRendition> renditions = new HashMap<>(close.renditions());
        of.renditions().forEach((name, one) -> renditions.put(name, one.description()));
        renditions.keySet().retainAll(names);
        fact = new Fact.Close(close.msn(), close.durationTicks(), renditions);
      } else if (fact instanceof Fact.Stored stored) {
        Map<String, String> keys = new HashMap<>(stored.keys());
        of.renditions().forEach((name, one) -> keys.put(name, one.key()));
        keys.keySet().retainAll(names);
        fact = new Fact.Stored(stored.msn(), keys, stored.thumbnails());
      }
      revised.add(
          new TimelineRecord(record.broadcast(), record.seq(), record.epoch(), record.at(), fact));
    }
    return new RecordedTimeline(revised);
  }

  private static Fact.Open open(
      Fact.Open open, MadeSegment made, List<Rendition> ladder, Set<String> carried) {
    Map<String, String> inits = new HashMap<>(open.inits());
    Map<String, byte[]> newInits = new HashMap<>(open.newInits());
    made.renditions()
        .forEach(
            (name, one) -> {
              inits.put(name, one.initHash());
              newInits.put(one.initHash(), one.init());
            });
    inits.keySet().retainAll(ladder.stream().map(Rendition::name).toList());
    newInits.keySet().removeAll(carried);
    carried.addAll(newInits.keySet());
    return new Fact.Open(
        open.msn(),
        open.discontinuity(),
        open.discontinuitySequence(),
        open.pdt(),
        open.startTicks(),
        open.publication(),
        inits,
        newInits,
        open.ladder() == null ? null : ladder,
        open.mediaOffset());
  }
}
