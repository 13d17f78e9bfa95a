package io.rostrum.transcode.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.transcode.checkpoint.Checkpoint;
import io.rostrum.transcode.checkpoint.Decision;
import io.rostrum.transcode.checkpoint.Resume;
import io.rostrum.transcode.ladder.Canvas;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.ladder.LadderFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
  private static final LadderFactory LADDERS =
      new LadderFactory(List.of("480p"), 1, 30, "veryfast", Canvas.DEFAULT);
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);

  @Test
  void onePublication_isCutWhereIngestSaysSo_withEveryFrameOnce() throws Exception {
    List<SourceRecord> records = SyntheticPublication.records("pub1aaaa", 21, 60, true, 1);
    Map<Long, Segment> segments = run(null, Resume.START, records, 0);

    assertThat(segments.keySet()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(segments.get(0L).durationTicks()).isEqualTo(4 * 90_000);
    assertThat(segments.get(5L).durationTicks()).isEqualTo(90_000);
    assertThat(frames(segments, "source"))
        .hasSize(21 * 30)
        .doesNotHaveDuplicates()
        .startsWith("pub1aaaa v0");
    assertThat(frames(segments, "audio")).hasSize(21 * 48_000 / 1024).doesNotHaveDuplicates();
    assertThat(segments.values()).allMatch(segment -> segment.resume() != null);
  }

  @Test
  void audioFrame_belongsToTheSegmentItStartsIn_howeverItWasInterleaved() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      Map<Long, Segment> segments =
          run(null, Resume.START, SyntheticPublication.records("pub1aaaa", 13, 60, true, seed), 0);
      for (Segment segment : segments.values()) {
        boolean last = segment.msn() == segments.size() - 1;
        for (AccessUnit unit : units(segment, "audio")) {
          long startTicks = unit.decodeTimeTicks() * 90_000 / 48_000;
          assertThat(startTicks).isGreaterThanOrEqualTo(segment.startTicks());
          assertThat(last || startTicks < segment.endTicks()).isTrue();
        }
      }
    }
  }

  @Test
  void parts_makeUpTheSegment_andNoneIsLongerThanPartTarget() throws Exception {
    Map<Long, Segment> segments =
        run(null, Resume.START, SyntheticPublication.records("pub1aaaa", 13, 60, true, 3), 0);
    for (Segment segment : segments.values()) {
      for (String name : List.of("source", "audio")) {
        RenditionSegment rendition = segment.rendition(name);
        byte[] joined = rendition.bytes();
        int at = 0;
        for (SegmentPart part : rendition.takeUnsent()) {
          assertThat(part.durationTicks() * 2)
              .isLessThanOrEqualTo(rendition.rendition().timescale());
          assertThat(java.util.Arrays.copyOfRange(joined, at, at + part.payload().length))
              .isEqualTo(part.payload());
          at += part.payload().length;
        }
        assertThat(at).isEqualTo(joined.length);
      }
    }
  }

  @Test
  void firstPublication_saysHowLongPartsAre_forTheLaterOnesToo() throws Exception {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 9, 60, true, 3));
    records.set(0, withParts((SourceRecord.PublicationStart) records.get(0), 334));
    records.addAll(SyntheticPublication.records("pub2aaaa", 9, 60, true, 4));
    Map<Long, Segment> segments = run(null, Resume.START, records, 0);

    for (Segment segment : segments.values()) {
      for (String name : List.of("source", "audio")) {
        RenditionSegment rendition = segment.rendition(name);
        List<SegmentPart> parts = rendition.takeUnsent();
        long targetTicks = 334L * rendition.rendition().timescale() / 1000;
        assertThat(rendition.rendition().partTargetMs()).isEqualTo(334);
        assertThat(parts).allMatch(part -> part.durationTicks() <= targetTicks);
        assertThat(parts.subList(0, parts.size() - 1))
            .isNotEmpty()
            .allMatch(part -> 100 * part.durationTicks() >= 85 * targetTicks);
      }
    }
  }

  private static SourceRecord withParts(SourceRecord.PublicationStart start, int targetMs) {
    return new SourceRecord.PublicationStart(
        start.publicationId(),
        start.sequence(),
        start.protocol(),
        start.keyId(),
        start.node(),
        start.pdt(),
        start.client(),
        targetMs,
        start.init());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everySegment_madeAgainFromItsResumePlace_hasTheSameBytesAndNumbers(long seed)
      throws Exception {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 9.5, 60, true, seed));
    records.addAll(SyntheticPublication.records("pub2aaaa", 11, 30, seed % 2 == 0, seed + 100));
    records.addAll(SyntheticPublication.records("pub3aaaa", 6, 60, true, seed + 200));
    Map<Long, Segment> whole = run(null, Resume.START, records, 0);
    Ladder ladder = ladder(records);

    assertThat(whole.values().stream().filter(Segment::discontinuity).count()).isEqualTo(2);
    for (Segment expected : whole.values()) {
      Resume resume = jsonRoundTrip(expected.resume());
      Map<Long, Segment> again = run(ladder, resume, records, resume.sourceOffset());
      for (long msn = expected.msn(); msn < whole.size(); msn++) {
        assertSame(whole.get(msn), again.get(msn));
      }
    }
  }

  @Test
  void secondPublication_goesOnWhereTheFirstEnded_onTheSameAudioGrid() throws Exception {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 9.5, 60, true, 1));
    records.addAll(SyntheticPublication.records("pub2aaaa", 9, 60, true, 2));
    Map<Long, Segment> segments = run(null, Resume.START, records, 0);

    Segment before = segments.get(2L);
    Segment after = segments.get(3L);
    assertThat(after.discontinuity()).isTrue();
    assertThat(after.discontinuitySequence()).isEqualTo(1);
    assertThat(after.startTicks()).isEqualTo(before.endTicks());
    assertThat(after.pdtMs()).isGreaterThanOrEqualTo(before.pdtMs() + before.durationTicks() / 90);
    long lastEnd = Long.MIN_VALUE;
    for (Segment segment : segments.values()) {
      for (AccessUnit unit : units(segment, "audio")) {
        assertThat(unit.decodeTimeTicks()).isGreaterThanOrEqualTo(lastEnd);
        assertThat(Math.floorMod(unit.decodeTimeTicks() - 480, 1024L)).isZero();
        lastEnd = unit.endDecodeTimeTicks();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void publicationThatGoesOn_isTheSamePublication_behindADiscontinuity(long seed) throws Exception {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 9.5, 60, true, seed));
    records.remove(records.size() - 1);
    records.addAll(SyntheticPublication.records("pub1aaaa", 7, 60, seed % 2 == 0, seed + 100));
    Segmenter segmenter = new Segmenter(LADDERS, null, Resume.START);
    List<TimelineItem> items = new ArrayList<>();
    for (int offset = 0; offset < records.size(); offset++) {
      segmenter.accept(records.get(offset), offset, AT);
      items.addAll(segmenter.takeItems());
    }
    List<Segment> segments =
        items.stream()
            .filter(TimelineItem.SegmentItem.class::isInstance)
            .map(item -> ((TimelineItem.SegmentItem) item).segment())
            .toList();

    assertThat(items).filteredOn(TimelineItem.PublisherCame.class::isInstance).hasSize(1);
    assertThat(items).filteredOn(TimelineItem.PublisherLeft.class::isInstance).hasSize(1);
    assertThat(segments)
        .extracting(Segment::discontinuity)
        .containsExactly(false, false, false, true, false);
    assertThat(segments).extracting(s -> s.publication().id()).containsOnly("pub1aaaa");
    assertThat(segments.get(3).startTicks()).isEqualTo(segments.get(2).endTicks());
    Ladder ladder = segmenter.ladder();
    for (Segment expected : segments) {
      Resume resume = jsonRoundTrip(expected.resume());
      Segmenter again = new Segmenter(LADDERS, ladder, resume);
      List<TimelineItem> made = new ArrayList<>();
      for (int offset = (int) resume.sourceOffset(); offset < records.size(); offset++) {
        again.accept(records.get(offset), offset, AT);
        made.addAll(again.takeItems());
      }
      assertThat(made)
          .filteredOn(TimelineItem.PublisherCame.class::isInstance)
          .hasSize(expected.msn() == 0 ? 1 : 0);
      made.stream()
          .filter(TimelineItem.SegmentItem.class::isInstance)
          .map(item -> ((TimelineItem.SegmentItem) item).segment())
          .forEach(segment -> assertSame(segments.get((int) segment.msn()), segment));
      assertThat(again.position()).isEqualTo(segmenter.position());
    }
  }

  @Test
  void supersededPublication_saysNothingMore() throws Exception {
    List<SourceRecord> first = SyntheticPublication.records("pub1aaaa", 8, 60, true, 1);
    List<SourceRecord> second = SyntheticPublication.records("pub2aaaa", 8, 60, true, 2);
    List<SourceRecord> records = new ArrayList<>(first.subList(0, 60));
    records.add(second.get(0));
    records.addAll(first.subList(60, first.size()));
    records.addAll(second.subList(1, second.size()));

    List<String> frames = frames(run(null, Resume.START, records, 0), "source");
    int takeover = frames.indexOf("pub2aaaa v0");
    assertThat(frames.subList(0, takeover)).allMatch(frame -> frame.startsWith("pub1"));
    assertThat(frames.subList(takeover, frames.size()))
        .hasSize(240)
        .allMatch(frame -> frame.startsWith("pub2"));
  }

  @Test
  void segmentWithoutKeyframe_isAGapInSource_andStartsWithPreRollForTheLadder() throws Exception {
    List<SourceRecord> records = new ArrayList<>();
    for (SourceRecord record : SyntheticPublication.records("pub1aaaa", 12, 240, false, 1)) {
      records.add(record instanceof SourceRecord.Chunk chunk ? cutEverySixSeconds(chunk) : record);
    }
    Map<Long, Segment> segments = run(null, Resume.START, records, 0);

    Segment second = segments.get(1L);
    assertThat(second.rendition("source").gap()).contains("keyframe");
    assertThat(segments.get(0L).endsAtKeyframe()).isFalse();
    assertThat(second.samples().get(0).sync()).isTrue();
    assertThat(second.samples().get(0).ptsTicks()).isLessThan(second.startTicks());
    Resume resume = second.resume();
    Map<Long, Segment> again = run(ladder(records), resume, records, resume.sourceOffset());
    assertThat(again.get(1L).samples())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(second.samples());
  }

  @Test
  void forcedCutBetweenReorderedPictures_endsTheSegmentBehindAllItHasShown() throws Exception {
    Segmenter segmenter = new Segmenter(LADDERS, null, Resume.START);
    List<SourceRecord> records = SyntheticPublication.records("pub1aaaa", 1, 60, false, 1);
    segmenter.accept(records.get(0), 0, AT);
    // Decoding order of a group with B-frames: each P is shown two pictures after its decode time.
    int[] offsets = {0, 6000, -3000, -3000, 6000, -3000, -3000, 6000, -3000, -3000};
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < offsets.length; i++) {
      AccessUnit unit = new AccessUnit(i * 3000L, offsets[i], 3000, i == 0, new byte[] {1});
      java.nio.ByteBuffer bytes =
          java.nio.ByteBuffer.wrap(new Fragment(1, 1, List.of(unit)).write());
      boolean cut = i == 0 || i == 5;
      segmenter.accept(
          new SourceRecord.Chunk("pub1aaaa", i + 1, 1, cut, cut, i == 0, 0, bytes), i + 1, AT);
      collect(segmenter, segments);
    }
    Segment before = segments.get(0);
    long shown =
        before.samples().stream().mapToLong(sample -> sample.ptsTicks() + 3000).max().orElseThrow();
    assertThat(before.endTicks()).isEqualTo(shown).isEqualTo(segments.get(1).startTicks());
    assertThat(segments.get(1).samples().get(0).sync()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void absence_isGapsThatEveryOwnerMakesAlike_andTheReturnGoesOnBehindThem(long seed)
      throws Exception {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 9.5, 60, true, seed));
    int away = records.size();
    records.addAll(SyntheticPublication.records("pub2aaaa", 9, 60, true, seed + 100));
    List<Decision> decisions =
        List.of(gap(0, away), gap(1, away), gap(2, away), gap(3, records.size()));
    Map<Long, Segment> whole = run(null, Resume.START, records, 0, decisions);

    assertThat(whole.values().stream().filter(Segment::isAway).map(Segment::msn))
        .containsExactly(3L, 4L, 5L);
    Segment last = whole.get(5L);
    Segment back = whole.get(6L);
    assertThat(last.rendition("source").gap()).isEqualTo("PUBLISHER_AWAY");
    assertThat(last.rendition("audio").gap()).isEqualTo("PUBLISHER_AWAY");
    assertThat(last.discontinuity()).isFalse();
    assertThat(back.discontinuity()).isTrue();
    long mediaTicks = 0;
    for (Segment segment : whole.values()) {
      assertThat(segment.startTicks()).isEqualTo(mediaTicks);
      mediaTicks = segment.endTicks();
    }
    assertThat(back.pdtMs()).isGreaterThanOrEqualTo(last.pdtMs() + 4000);
    assertMadeAgainAlike(whole, records, decisions);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void publicationTakenAsOver_thatGoesOn_losesNothing_andEveryOwnerMakesItAlike(long seed)
      throws Exception {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 21, 60, true, seed));
    int silentAt = 60 + (int) (seed * 11);
    int gaps = (int) (seed % 3);
    List<Decision> decisions = new ArrayList<>();
    decisions.add(new Decision(0, silentAt, Decision.Kind.PUBLISHER_SILENT, 0));
    for (int i = 0; i < gaps; i++) {
      decisions.add(gap(1 + i, silentAt));
    }
    Map<Long, Segment> whole = run(null, Resume.START, records, 0, decisions);

    assertThat(whole.values().stream().filter(Segment::isAway)).hasSize(gaps);
    assertThat(whole.values().stream().filter(Segment::discontinuity)).hasSize(1);
    assertThat(frames(whole, "audio")).hasSize(21 * 48_000 / 1024).doesNotHaveDuplicates();
    List<String> shown = new ArrayList<>();
    for (Segment segment : whole.values()) {
      segment.samples().stream()
          .filter(sample -> sample.ptsTicks() >= segment.startTicks())
          .forEach(sample -> shown.add(new String(sample.data(), StandardCharsets.US_ASCII)));
      assertThat(segment.isAway() || segment.samples().get(0).sync()).isTrue();
    }
    assertThat(shown).hasSize(21 * 30).doesNotHaveDuplicates();
    assertMadeAgainAlike(whole, records, decisions);
  }

  @Test
  void publicationTakenAsOver_longAgo_holdsTheSourceUpNoLonger() throws Exception {
    List<SourceRecord> records = SyntheticPublication.records("pub1aaaa", 9, 60, true, 1);
    Segmenter segmenter = new Segmenter(LADDERS, null, Resume.START);
    for (int offset = 0; offset < 100; offset++) {
      segmenter.accept(records.get(offset), offset, AT);
    }
    segmenter.decide(new Decision(0, 100, Decision.Kind.PUBLISHER_SILENT, 0), AT);
    assertThat(segmenter.holdsPreRoll()).isTrue();
    assertThat(segmenter.resumeWithoutSegments(100).orElseThrow().sourceOffset()).isLessThan(100);
    for (int i = 1; i <= 16; i++) {
      segmenter.decide(gap(i, 100), AT);
    }
    assertThat(segmenter.holdsPreRoll()).isFalse();
    assertThat(segmenter.resumeWithoutSegments(500).orElseThrow().sourceOffset()).isEqualTo(500);
  }

  @Test
  void publicationTakenAsOver_saysNothingMoreOnceAnotherHasStarted() throws Exception {
    List<SourceRecord> first = SyntheticPublication.records("pub1aaaa", 8, 60, true, 1);
    List<SourceRecord> records = new ArrayList<>(first.subList(0, 60));
    records.addAll(SyntheticPublication.records("pub2aaaa", 8, 60, true, 2));
    records.addAll(first.subList(60, first.size()));
    List<Decision> decisions = List.of(new Decision(0, 60, Decision.Kind.PUBLISHER_SILENT, 0));

    List<String> frames = frames(run(null, Resume.START, records, 0, decisions), "source");
    assertThat(frames.subList(frames.indexOf("pub2aaaa v0"), frames.size()))
        .hasSize(240)
        .allMatch(frame -> frame.startsWith("pub2"));
  }

  @Test
  void laterPublicationFromABrowser_hasItsSourceEncoded_notPassedThrough() throws Exception {
    List<SourceRecord> records =
        new ArrayList<>(SyntheticPublication.records("pub1aaaa", 8, 60, true, 1));
    for (SourceRecord record : SyntheticPublication.records("pub2aaaa", 8, 60, true, 2)) {
      records.add(
          record instanceof SourceRecord.PublicationStart start
              ? new SourceRecord.PublicationStart(
                  start.publicationId(),
                  0,
                  SourceRecord.Protocol.WHIP,
                  "key1",
                  "node",
                  start.pdt(),
                  "",
                  start.init())
              : record);
    }
    records.addAll(SyntheticPublication.records("pub3aaaa", 8, 60, true, 3));
    Map<Long, Segment> segments = run(null, Resume.START, records, 0);

    for (Segment segment : segments.values()) {
      boolean browser = segment.publication().id().equals("pub2aaaa");
      assertThat(segment.rung("source").isPresent()).isEqualTo(browser);
      assertThat(segment.rungs()).hasSize(browser ? 2 : 1);
      assertThat(segment.rendition("source").gap()).isNull();
      assertThat(segment.rendition("source").isComplete()).isEqualTo(!browser);
      assertThat(segment.samples()).hasSize(120);
    }
  }

  @Test
  void rungLeftOut_isAGapFromTheNextSegmentOn_andEveryOwnerMakesItAlike() throws Exception {
    List<SourceRecord> records = SyntheticPublication.records("pub1aaaa", 21, 60, true, 1);
    LadderFactory two =
        new LadderFactory(List.of("480p", "240p"), 2, 30, "veryfast", Canvas.parse("1280x720@30"));
    List<Decision> decisions =
        List.of(
            new Decision(0, 120, Decision.Kind.RUNGS_LEFT_OUT, 5),
            new Decision(1, 300, Decision.Kind.RUNGS_LEFT_OUT, 0));
    List<SourceRecord> larger = new ArrayList<>(records);
    SourceRecord.PublicationStart start = (SourceRecord.PublicationStart) records.get(0);
    larger.set(
        0,
        new SourceRecord.PublicationStart(
            start.publicationId(),
            0,
            SourceRecord.Protocol.WHIP,
            "key1",
            "node",
            start.pdt(),
            "",
            start.init()));
    Map<Long, Segment> whole = runWith(two, null, Resume.START, larger, 0, decisions);
    List<Integer> rungs = whole.values().stream().map(segment -> segment.rungs().size()).toList();
    assertThat(rungs).containsExactly(2, 2, 1, 1, 2, 2);
    assertThat(whole.get(2L).rendition("480p").gap()).startsWith("DEFERRED");
    assertThat(whole.get(2L).rendition("240p").gap()).isNull();
    Ladder ladder =
        new Ladder(
            whole.get(0L).renditions().stream().map(RenditionSegment::rendition).toList(),
            whole.get(0L).rungs());
    for (Segment expected : whole.values()) {
      Resume resume = jsonRoundTrip(expected.resume());
      Map<Long, Segment> again =
          runWith(two, ladder, resume, larger, resume.sourceOffset(), decisions);
      for (long msn = expected.msn(); msn < whole.size(); msn++) {
        assertThat(again.get(msn).rungs()).isEqualTo(whole.get(msn).rungs());
      }
    }
  }

  @Test
  void reducedLadder_countsFromTheNextSegmentOn() throws Exception {
    List<SourceRecord> records = SyntheticPublication.records("pub1aaaa", 13, 60, true, 1);
    Segmenter segmenter = new Segmenter(LADDERS, null, Resume.START);
    List<Segment> segments = new ArrayList<>();
    for (int offset = 0; offset < records.size(); offset++) {
      segmenter.accept(records.get(offset), offset, AT);
      collect(segmenter, segments);
      if (segments.size() == 1) {
        segmenter.reduceLadder(segmenter.ladder().withoutSource());
      } else if (segments.size() == 2) {
        segmenter.reduceLadder(segmenter.ladder().withoutRungs());
      }
    }
    assertThat(segments)
        .extracting(s -> s.renditions().stream().map(r -> r.rendition().name()).toList())
        .startsWith(List.of("source", "480p", "audio"), List.of("480p", "audio"), List.of("audio"));
    assertThat(segments.get(2).rungs()).isEmpty();
  }

  private static Decision gap(long ordinal, long sourceOffset) {
    return new Decision(ordinal, sourceOffset, Decision.Kind.AWAY_GAP, 4 * 90_000);
  }

  private static void assertMadeAgainAlike(
      Map<Long, Segment> whole, List<SourceRecord> records, List<Decision> decisions)
      throws MalformedMediaException {
    for (Segment expected : whole.values()) {
      Resume resume = jsonRoundTrip(expected.resume());
      Map<Long, Segment> again =
          run(ladder(records), resume, records, resume.sourceOffset(), decisions);
      for (long msn = expected.msn(); msn < whole.size(); msn++) {
        assertSame(whole.get(msn), again.get(msn));
      }
    }
  }

  @Test
  void soundAheadOfThePictures_whenThePublicationEnds_isKept_andTheNextOneIsInSync()
      throws Exception {
    List<SourceRecord> records = new ArrayList<>();
    for (SourceRecord record : SyntheticPublication.records("pub1aaaa", 10, 60, true, 1)) {
      boolean lastPictures =
          record instanceof SourceRecord.Chunk chunk
              && chunk.trackId() == 1
              && Fragment.readAll(chunk.payloadBytes()).get(0).baseDecodeTimeTicks()
                  >= 9.6 * 90_000;
      if (!lastPictures) {
        records.add(record);
      }
    }
    records.addAll(SyntheticPublication.records("pub2aaaa", 5, 60, true, 2));
    Map<Long, Segment> segments = run(null, Resume.START, records, 0);

    assertThat(frames(segments, "audio"))
        .hasSize(10 * 48_000 / 1024 + 5 * 48_000 / 1024)
        .doesNotHaveDuplicates();
    Segment last = segments.get(2L);
    Segment next = segments.get(3L);
    assertThat(last.endTicks()).isEqualTo(next.startTicks());
    List<AccessUnit> pictures = units(last, "source");
    assertThat(pictures.get(pictures.size() - 1).endDecodeTimeTicks()).isEqualTo(last.endTicks());
    // 480 samples behind the first picture, give or take half a frame of the audio grid.
    long soundTicks = units(next, "audio").get(0).decodeTimeTicks() * 90_000 / 48_000;
    assertThat(soundTicks - next.startTicks()).isBetween(-1L, 900L + 1920 / 2 + 1920);
  }

  @Test
  void publicationEndingWithReorderedPictures_endsBehindAllItHasShown() throws Exception {
    Segmenter segmenter = new Segmenter(LADDERS, null, Resume.START);
    segmenter.accept(SyntheticPublication.records("pub1aaaa", 1, 60, false, 1).get(0), 0, AT);
    int[] offsets = {0, 6000, -3000, -3000, 6000};
    for (int i = 0; i < offsets.length; i++) {
      AccessUnit unit = new AccessUnit(i * 3000L, offsets[i], 3000, i == 0, new byte[] {1});
      java.nio.ByteBuffer bytes =
          java.nio.ByteBuffer.wrap(new Fragment(1, 1, List.of(unit)).write());
      segmenter.accept(
          new SourceRecord.Chunk("pub1aaaa", i + 1, 1, i == 0, i == 0, i == 0, 0, bytes),
          i + 1,
          AT);
    }
    segmenter.endPublication("PUBLISHER_LEFT", AT);
    List<Segment> segments = new ArrayList<>();
    collect(segmenter, segments);
    assertThat(segments.get(0).endTicks()).isEqualTo(4 * 3000 + 6000 + 3000);
    assertThat(segmenter.position().endTicks()).isEqualTo(21_000);
  }

  @Test
  void audioOnlyPublication_isCutByItsAudio() throws Exception {
    List<SourceRecord> records = new ArrayList<>();
    for (SourceRecord record : SyntheticPublication.records("pub1aaaa", 12, 60, true, 1)) {
      if (record instanceof SourceRecord.PublicationStart start) {
        records.add(
            new SourceRecord.PublicationStart(
                start.publicationId(),
                0,
                start.protocol(),
                start.keyId(),
                start.node(),
                start.pdt(),
                "",
                SyntheticPublication.init(false, true)));
      } else if (record instanceof SourceRecord.Chunk chunk && chunk.trackId() == 2) {
        long start = Fragment.readAll(chunk.payloadBytes()).get(0).baseDecodeTimeTicks() - 480;
        records.add(withFlags(chunk, start % (188 * 1024) == 0, false));
      } else if (record instanceof SourceRecord.PublicationEnd) {
        records.add(record);
      }
    }
    Map<Long, Segment> segments = run(null, Resume.START, records, 0);

    assertThat(segments.get(0L).renditions()).hasSize(1);
    assertThat(segments).hasSize(3);
    assertThat(frames(segments, "audio")).hasSize(12 * 48_000 / 1024);
  }

  @Test
  void malformedChunk_changesNothing() throws Exception {
    List<SourceRecord> records = SyntheticPublication.records("pub1aaaa", 8, 60, true, 1);
    Segmenter segmenter = new Segmenter(LADDERS, null, Resume.START);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      segmenter.accept(records.get(i), i, AT);
      if (records.get(i) instanceof SourceRecord.Chunk chunk) {
        byte[] cut = chunk.payloadBytes();
        cut[3] ^= 0x55;
        int offset = i;
        org.assertj.core.api.Assertions.assertThatThrownBy(
                () ->
                    segmenter.accept(
                        new SourceRecord.Chunk(
                            "pub1aaaa", 0, 1, true, true, true, 0, java.nio.ByteBuffer.wrap(cut)),
                        offset,
                        AT))
            .isInstanceOf(MalformedMediaException.class);
      }
      collect(segmenter, segments);
    }
    assertThat(segments).hasSize(2).allMatch(Segment::samplesComplete);
  }

  private static SourceRecord cutEverySixSeconds(SourceRecord.Chunk chunk)
      throws MalformedMediaException {
    long ticks = Fragment.readAll(chunk.payloadBytes()).get(0).baseDecodeTimeTicks();
    return withFlags(chunk, ticks % (6 * 90_000) == 0, chunk.partStart());
  }

  private static SourceRecord.Chunk withFlags(
      SourceRecord.Chunk chunk, boolean segmentStart, boolean partStart) {
    return new SourceRecord.Chunk(
        chunk.publicationId(),
        0,
        chunk.trackId(),
        segmentStart,
        partStart,
        chunk.sync(),
        0,
        chunk.payload());
  }

  private static Ladder ladder(List<SourceRecord> records) throws MalformedMediaException {
    Segmenter segmenter = new Segmenter(LADDERS, null, Resume.START);
    for (int i = 0; segmenter.ladder() == null; i++) {
      segmenter.accept(records.get(i), i, AT);
    }
    return segmenter.ladder();
  }

  private static Map<Long, Segment> run(
      Ladder ladder, Resume from, List<SourceRecord> records, long fromOffset)
      throws MalformedMediaException {
    return run(ladder, from, records, fromOffset, List.of());
  }

  private static Map<Long, Segment> run(
      Ladder ladder,
      Resume from,
      List<SourceRecord> records,
      long fromOffset,
      List<Decision> decisions)
      throws MalformedMediaException {
    return runWith(LADDERS, ladder, from, records, fromOffset, decisions);
  }

  private static Map<Long, Segment> runWith(
      LadderFactory ladders,
      Ladder ladder,
      Resume from,
      List<SourceRecord> records,
      long fromOffset,
      List<Decision> decisions)
      throws MalformedMediaException {
    Segmenter segmenter = new Segmenter(ladders, ladder, from);
    List<Segment> segments = new ArrayList<>();
    for (int offset = (int) fromOffset; offset < records.size(); offset++) {
      for (Decision decision : decisions) {
        if (decision.sourceOffset() <= offset) {
          segmenter.decide(decision, AT);
        }
      }
      segmenter.accept(records.get(offset), offset, AT);
      collect(segmenter, segments);
    }
    Map<Long, Segment> byMsn = new TreeMap<>();
    segments.forEach(segment -> byMsn.put(segment.msn(), segment));
    return byMsn;
  }

  private static void collect(Segmenter segmenter, List<Segment> segments) {
    for (TimelineItem item : segmenter.takeItems()) {
      if (item instanceof TimelineItem.SegmentItem started) {
        segments.add(started.segment());
      }
    }
  }

  private static void assertSame(Segment expected, Segment actual) {
    assertThat(actual).isNotNull();
    assertThat(actual.startTicks()).isEqualTo(expected.startTicks());
    assertThat(actual.endTicks()).isEqualTo(expected.endTicks());
    assertThat(actual.pdtMs()).isEqualTo(expected.pdtMs());
    assertThat(actual.discontinuity()).isEqualTo(expected.discontinuity());
    assertThat(actual.discontinuitySequence()).isEqualTo(expected.discontinuitySequence());
    assertThat(actual.isAway()).isEqualTo(expected.isAway());
    for (String name : List.of("source", "audio")) {
      assertThat(actual.rendition(name).gap()).isEqualTo(expected.rendition(name).gap());
      assertThat(actual.rendition(name).bytes()).isEqualTo(expected.rendition(name).bytes());
    }
    assertThat(actual.samples())
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(expected.samples());
    assertThat(jsonRoundTrip(actual.resume()))
        .usingRecursiveComparison()
        .isEqualTo(expected.resume());
  }

  private static Resume jsonRoundTrip(Resume resume) {
    Checkpoint start = Checkpoint.start(0, 0);
    Checkpoint checkpoint =
        new Checkpoint(
            0,
            0,
            -1,
            -1,
            0,
            false,
            null,
            false,
            false,
            0,
            null,
            List.of(),
            start.knownInits(),
            Map.of(),
            0,
            0,
            List.of(),
            null,
            resume,
            0,
            0,
            0,
            null);
    return Checkpoint.parse(checkpoint.toBytes()).resume();
  }

  private static List<String> frames(Map<Long, Segment> segments, String rendition) {
    return segments.values().stream()
        .flatMap(segment -> units(segment, rendition).stream())
        .map(unit -> new String(unit.data(), StandardCharsets.US_ASCII))
        .toList();
  }

  private static List<AccessUnit> units(Segment segment, String rendition) {
    byte[] bytes = segment.rendition(rendition).bytes();
    if (bytes.length == 0) {
      return List.of();
    }
    try {
      return Fragment.readAll(bytes).stream()
          .flatMap(fragment -> fragment.samples().stream())
          .toList();
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
  }
}
