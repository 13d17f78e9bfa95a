package io.rostrum.playback.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.hls.PlaylistState;
import io.rostrum.hls.RenderedPlaylist;
import io.rostrum.hls.history.PlaylistHistory;
import io.rostrum.playback.segment.MediaBytes;
import io.rostrum.playback.segment.MediaStore;
import io.rostrum.playback.testing.Script;
import io.rostrum.playback.testing.TestConfig;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroadcastTest {
  private static final String ID = "bcdfgh";

  @TempDir Path spool;
  private final Script script = new Script(ID);
  private MediaStore media;
  private Broadcast broadcast;

  @BeforeEach
  void create() {
    media = TestConfig.media(spool, 1 << 20, 1 << 30);
    broadcast = TestConfig.broadcast(ID, media);
  }

  private void segment(long msn) {
    broadcast.apply(List.of(script.open(msn)));
    script.parts(msn).forEach(broadcast::accept);
    broadcast.apply(List.of(script.close(msn)));
  }

  private String playlist(String rendition) {
    return text(broadcast.view().track(rendition).event().full());
  }

  private static String text(RenderedPlaylist rendered) {
    StringBuilder text = new StringBuilder();
    rendered.plain().forEach(piece -> text.append(new String(piece, StandardCharsets.UTF_8)));
    return text.toString();
  }

  private static byte[] bytes(Located located) throws IOException {
    MediaBytes bytes = ((Located.Here) located).bytes();
    if (bytes instanceof MediaBytes.InFile file) {
      byte[] read = new byte[(int) file.length()];
      try (RandomAccessFile in = new RandomAccessFile(file.file().toFile(), "r")) {
        in.seek(file.offset());
        in.readFully(read);
      }
      return read;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ((MediaBytes.OnHeap) bytes).buffers().forEach(buffer -> out.writeBytes(buffer.getBytes()));
    return out.toByteArray();
  }

  @Test
  void shortPart_isListedOnceItIsKnownWhatComesBehindIt() {
    broadcast.apply(List.of(script.open(0)));
    broadcast.accept(script.part("source", 0, 0));
    broadcast.accept(script.part("audio", 0, 0));
    MediaPart full = script.part("audio", 0, 1);
    MediaPart tail =
        new MediaPart(
            full.epoch(), 0, 1, "audio", 3 * 1024, 48_000, true, full.payload().duplicate());
    broadcast.accept(tail);

    // §4.4.4.9: shorter than 85 % of PART-TARGET only as the last of a segment, and nobody knows.
    assertThat(playlist("audio"))
        .doesNotContain("URI=\"audio/0.1.m4s\",INDEPENDENT")
        .contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"audio/0.1.m4s\"");

    broadcast.accept(script.part("audio", 0, 2));
    assertThat(playlist("audio"))
        .contains("#EXT-X-PART:DURATION=0.064,URI=\"audio/0.1.m4s\",INDEPENDENT=YES")
        .contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"audio/0.3.m4s\"");
  }

  @Test
  void ladder_saysHowLongPartsAre_inEveryPlaylistOfTheBroadcast() {
    List<Rendition> quick = Script.LADDER.stream().map(r -> withParts(r, 334)).toList();
    broadcast.apply(List.of(script.open(0, quick)));
    broadcast.accept(script.part("source", 0, 0));
    broadcast.accept(script.part("audio", 0, 0));

    for (String rendition : List.of("source", "audio")) {
      assertThat(playlist(rendition))
          .contains("#EXT-X-PART-INF:PART-TARGET=0.334\n")
          .contains("PART-HOLD-BACK=1.002");
    }
    // §6.2.5.2: three seconds of parts may be asked for ahead.
    assertThat(broadcast.form().advancePartLimit()).isEqualTo(9);
  }

  private static Rendition withParts(Rendition r, int targetMs) {
    return new Rendition(
        r.name(),
        r.kind(),
        r.codecs(),
        r.timescale(),
        r.bandwidth(),
        r.averageBandwidth(),
        r.width(),
        r.height(),
        r.frameRate(),
        r.partDurationTicks(),
        r.sampleRate(),
        r.channels(),
        targetMs,
        r.recordedOnly());
  }

  @Test
  void parts_areListedAsTheyCome() {
    broadcast.apply(List.of(script.open(0)));
    assertThat(broadcast.view().started()).isFalse();
    broadcast.accept(script.part("source", 0, 0));
    assertThat(broadcast.view().started()).isTrue();
    broadcast.accept(script.part("audio", 0, 0));
    broadcast.accept(script.part("source", 0, 1));

    assertThat(playlist("source"))
        .endsWith(
            """
            #EXT-X-MAP:URI="source/init-init0source.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:00.000Z
            #EXT-X-PART:DURATION=0.5,URI="source/0.0.m4s",INDEPENDENT=YES
            #EXT-X-PART:DURATION=0.5,URI="source/0.1.m4s"
            #EXT-X-PRELOAD-HINT:TYPE=PART,URI="source/0.2.m4s"
            #EXT-X-RENDITION-REPORT:URI="audio.m3u8",LAST-MSN=0,LAST-PART=0
            """);
    assertThat(playlist("audio"))
        .contains("#EXT-X-PART:DURATION=0.490667,URI=\"audio/0.0.m4s\",INDEPENDENT=YES\n")
        .endsWith("#EXT-X-RENDITION-REPORT:URI=\"source.m3u8\",LAST-MSN=0,LAST-PART=0\n");
  }

  @Test
  void betweenSegments_theHintIsTheFirstPartOfTheNext() {
    segment(0);
    assertThat(playlist("source"))
        .contains("#EXTINF:4.0,\nsource/0.m4s\n")
        .contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"source/1.0.m4s\"")
        .contains("LAST-MSN=0,LAST-PART=7");
    broadcast.apply(List.of(script.open(1, true, 0)));
    assertThat(playlist("source"))
        .contains("#EXT-X-PRELOAD-HINT:TYPE=MAP,URI=\"source/init-init1source.mp4\"")
        .contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"source/1.0.m4s\"");
  }

  @Test
  void partsThatComeBeforeTheirOpen_areListedWithIt() {
    script.parts(0).forEach(broadcast::accept);
    assertThat(broadcast.view().started()).isFalse();
    assertThat(broadcast.part("source", 0, 0)).isInstanceOf(Located.Never.class);
    broadcast.apply(List.of(script.open(0)));
    assertThat(broadcast.view().track("source").openParts()).isEqualTo(8);
  }

  @Test
  void partBehindAHole_waitsForItsPredecessor() {
    broadcast.apply(List.of(script.open(0)));
    broadcast.accept(script.part("source", 0, 0));
    broadcast.accept(script.part("source", 0, 2));
    assertThat(broadcast.view().track("source").openParts()).isEqualTo(1);
    broadcast.accept(script.part("source", 0, 1));
    assertThat(broadcast.view().track("source").openParts()).isEqualTo(3);
  }

  @Test
  void firstCopyOfAPart_counts() throws IOException {
    broadcast.apply(List.of(script.open(0)));
    broadcast.accept(script.part("source", 0, 0));
    MediaPart other =
        new MediaPart(1, 0, 0, "source", 45_000, 90_000, true, ByteBuffer.wrap(new byte[5]));
    broadcast.accept(other);
    assertThat(broadcast.view().track("source").openParts()).isEqualTo(1);
    assertThat(bytes(broadcast.part("source", 0, 0))).isEqualTo(Script.bytes("source", 0, 0));
  }

  @Test
  void olderEpoch_isIgnored_andTheNewOwnerGoesOn() {
    broadcast.apply(List.of(script.open(0)));
    MediaPart stale = script.part("source", 0, 2);
    broadcast.accept(script.part("source", 0, 0));
    script.epoch(2);
    // The new owner does the open segment again from its first part.
    broadcast.accept(script.part("source", 0, 0));
    broadcast.accept(script.part("source", 0, 1));
    broadcast.accept(stale);
    assertThat(broadcast.view().track("source").openParts()).isEqualTo(2);
    broadcast.accept(script.part("source", 0, 2));
    assertThat(broadcast.view().track("source").openParts()).isEqualTo(3);
  }

  @Test
  void factSeenTwice_isDropped_andFactsBehindAHoleWait() {
    List<TimelineRecord> facts =
        List.of(script.open(0), script.close(0), script.open(1), script.close(1));
    assertThat(broadcast.apply(List.of(facts.get(0), facts.get(0)))).isFalse();
    assertThat(broadcast.apply(List.of(facts.get(2), facts.get(3)))).isTrue();
    assertThat(broadcast.view().lastMsn()).isEqualTo(-1);
    assertThat(broadcast.apply(List.of(facts.get(1)))).isFalse();
    assertThat(broadcast.view().lastMsn()).isEqualTo(1);
    broadcast.apply(facts);
    assertThat(broadcast.view().lastMsn()).isEqualTo(1);
  }

  @Test
  void gapAndDiscontinuity_areInTheSamePlaceInEveryRendition() {
    segment(0);
    broadcast.apply(List.of(script.open(1, true, 0)));
    script.parts(1).forEach(broadcast::accept);
    broadcast.apply(List.of(script.close(1, "source")));
    assertThat(playlist("source"))
        .contains(
            """
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="source/init-init1source.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:04.000Z
            #EXT-X-GAP
            #EXT-X-PART:DURATION=0.5,URI="source/1.0.m4s",GAP=YES
            #EXT-X-PART:DURATION=0.5,URI="source/1.1.m4s",GAP=YES
            """)
        .contains(
            """
            #EXT-X-PART:DURATION=0.5,URI="source/1.7.m4s",GAP=YES
            #EXTINF:4.0,
            source/1.m4s
            """);
    assertThat(playlist("audio"))
        .contains("#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI=\"audio/init-init1audio.mp4\"\n")
        .doesNotContain("GAP");
    assertThat(broadcast.segment("source", 1)).isInstanceOf(Located.Never.class);
    assertThat(broadcast.part("source", 1, 0)).isInstanceOf(Located.Never.class);
    assertThat(broadcast.segment("audio", 1)).isInstanceOf(Located.Here.class);
  }

  @Test
  void end_isInEveryPlaylistTogetherWithTheLastSegment() {
    segment(0);
    broadcast.apply(List.of(script.open(1)));
    script.parts(1).forEach(broadcast::accept);
    broadcast.apply(List.of(script.close(1), script.end(2)));
    for (TrackView track : broadcast.view().tracks().values()) {
      for (RenderedPlaylist state : List.of(track.event().full(), track.live().full())) {
        assertThat(text(state))
            .endsWith("/1.m4s\n#EXT-X-ENDLIST\n")
            .doesNotContain("PRELOAD-HINT")
            .doesNotContain("RENDITION-REPORT");
      }
    }
  }

  @Test
  void closedSegmentWhosePartsAreOnTheirWay_isWaitedFor() throws Exception {
    Vertx vertx = Vertx.vertx();
    broadcast.apply(List.of(script.open(0), script.close(0)));
    assertThat(broadcast.segment("source", 0)).isInstanceOf(Located.Later.class);
    CompletableFuture<Hold.Outcome> answered = new CompletableFuture<>();
    broadcast.hold(
        new Hold(
            "source",
            view -> !(broadcast.segment("source", 0) instanceof Located.Later),
            vertx.getOrCreateContext(),
            answered::complete,
            System.nanoTime() + 1_000_000_000_000L));
    assertThat(broadcast.heldRequests()).isEqualTo(1);
    script.parts(0).forEach(broadcast::accept);
    assertThat(answered.get(10, TimeUnit.SECONDS)).isEqualTo(Hold.Outcome.READY);
    assertThat(broadcast.heldRequests()).isZero();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void bytes_areTheSameFromHeapAndSpool_andLeaveTheHeapInOrder() throws IOException {
    media = TestConfig.media(spool, 30_000, 1 << 30);
    broadcast = TestConfig.broadcast(ID, media);
    for (long msn = 0; msn < 10; msn++) {
      segment(msn);
    }
    assertThat(media.hotBytes()).isLessThanOrEqualTo(30_000);
    for (long msn = 0; msn < 10; msn++) {
      assertThat(bytes(broadcast.segment("audio", msn)))
          .isEqualTo(Script.segmentBytes("audio", msn));
      assertThat(bytes(broadcast.part("source", msn, 3))).isEqualTo(Script.bytes("source", msn, 3));
    }
    assertThat(((Located.Here) broadcast.part("source", 0, 3)).bytes())
        .isInstanceOf(MediaBytes.InFile.class);
    assertThat(((Located.Here) broadcast.part("source", 9, 7)).bytes())
        .isInstanceOf(MediaBytes.OnHeap.class);
  }

  @Test
  void spoolThatIsFull_neverCostsAPartThatIsNotStored() throws IOException {
    media = TestConfig.media(spool, 1000, 30_000);
    broadcast = TestConfig.broadcast(ID, media);
    for (long msn = 0; msn < 10; msn++) {
      segment(msn);
    }
    assertThat(media.spoolFull()).isTrue();
    for (long msn = 0; msn < 10; msn++) {
      assertThat(bytes(broadcast.segment("source", msn)))
          .isEqualTo(Script.segmentBytes("source", msn));
    }
    // Once they are stored they make room.
    for (long msn = 0; msn < 10; msn++) {
      broadcast.apply(List.of(script.stored(msn)));
    }
    segment(10);
    assertThat(media.spoolFull()).isFalse();
    assertThat(media.hotBytes()).isLessThanOrEqualTo(3000);
    assertThat(broadcast.segment("source", 0)).isInstanceOf(Located.Stored.class);
  }

  @Test
  void neededMediaOffset_isThatOfTheOldestSegmentThatIsNotStored() {
    broadcast.apply(List.of(script.open(0, false, 100), script.close(0)));
    broadcast.apply(List.of(script.open(1, false, 200), script.close(1)));
    broadcast.apply(List.of(script.open(2, false, 300)));
    assertThat(broadcast.neededMediaOffset()).hasValue(100);
    broadcast.apply(List.of(script.stored(1)));
    assertThat(broadcast.neededMediaOffset()).hasValue(100);
    broadcast.apply(List.of(script.stored(0)));
    assertThat(broadcast.neededMediaOffset()).hasValue(300);
    broadcast.apply(List.of(script.close(2), script.stored(2)));
    assertThat(broadcast.neededMediaOffset()).isEmpty();
    assertThat(broadcast.settled()).isFalse();
    broadcast.apply(List.of(script.end(3)));
    assertThat(broadcast.settled()).isTrue();
  }

  @Test
  void slidingPlaylist_keepsItsWindowAndNeverFewerThanSixSegments() {
    broadcast = new Broadcast(ID, TestConfig.FORM, 40, media);
    for (long msn = 0; msn < 30; msn++) {
      segment(msn);
    }
    assertThat(text(broadcast.view().track("source").live().full()))
        .contains("#EXT-X-MEDIA-SEQUENCE:20\n")
        .contains("#EXT-X-MAP:URI=\"source/init-init0source.mp4\"\n")
        .doesNotContain("PLAYLIST-TYPE")
        .contains("live-audio.m3u8");
    broadcast.liveWindow(1);
    segment(30);
    assertThat(text(broadcast.view().track("source").live().full()))
        .contains("#EXT-X-MEDIA-SEQUENCE:25\n");
  }

  @Test
  void twoNodes_renderTheSameBytesForTheSamePosition(@TempDir Path otherSpool) {
    MediaStore otherMedia = TestConfig.media(otherSpool, 10_000, 1 << 30);
    Broadcast other = TestConfig.broadcast(ID, otherMedia);
    List<TimelineRecord> facts = new ArrayList<>();
    List<MediaPart> parts = new ArrayList<>();
    for (long msn = 0; msn < 40; msn++) {
      facts.add(script.open(msn, msn == 20, 0));
      facts.add(script.close(msn));
      parts.addAll(script.parts(msn));
    }
    facts.add(script.open(40));
    // One follows record by record, the other starts late: facts first, then only what it needs.
    int at = 0;
    for (TimelineRecord fact : facts) {
      broadcast.apply(List.of(fact));
      if (at < parts.size()) {
        parts.subList(at, at + 8).forEach(broadcast::accept);
        at += 8;
      }
    }
    other.apply(facts);
    parts.subList(parts.size() - 64, parts.size()).forEach(other::accept);
    for (int i = 0; i < 3; i++) {
      MediaPart part = script.part("source", 40, i);
      broadcast.accept(part);
      other.accept(part);
    }
    for (String rendition : List.of("source", "audio")) {
      TrackView one = broadcast.view().track(rendition);
      TrackView two = other.view().track(rendition);
      assertThat(text(one.event().full())).isEqualTo(text(two.event().full()));
      assertThat(text(one.event().delta())).isEqualTo(text(two.event().delta()));
      assertThat(text(one.live().full())).isEqualTo(text(two.live().full()));
      assertThat(one.event().full().gzip())
          .usingRecursiveComparison()
          .isEqualTo(two.event().full().gzip());
    }
  }

  @Test
  void stateThatDidNotChange_isNotRenderedAgain() {
    segment(0);
    broadcast.apply(List.of(script.open(1)));
    broadcast.accept(script.part("source", 1, 0));
    TrackView before = broadcast.view().track("audio");
    broadcast.accept(script.part("source", 1, 1));
    assertThat(broadcast.view().track("audio").event()).isSameAs(before.event());
  }

  @Test
  void endBehindGapsOfAnAbsentPublisher_leavesThemOut() {
    long segments = 90;
    List<TimelineRecord> records = new ArrayList<>();
    for (long msn = 0; msn < segments; msn++) {
      records.add(script.open(msn));
      records.add(msn < 50 ? script.close(msn) : script.close(msn, "source", "audio"));
    }
    broadcast.apply(records);
    assertThat(playlist("source")).contains("/89.m4s\n").contains("EXT-X-GAP");

    broadcast.apply(List.of(script.end(50), script.stored(89)));

    for (String rendition : List.of("source", "audio")) {
      assertThat(playlist(rendition))
          .contains("/0.m4s\n")
          .contains("/49.m4s\n#EXT-X-ENDLIST")
          .doesNotContain("50.m4s", "EXT-X-GAP");
    }
    assertThat(text(broadcast.view().track("source").iframes().full()))
        .endsWith("source/49.4.iframe.m4s\n#EXT-X-ENDLIST\n")
        .doesNotContain("EXT-X-GAP");
    assertThat(broadcast.view().lastMsn()).isEqualTo(49);
    assertThat(broadcast.segment("source", 60)).isInstanceOf(Located.Never.class);
  }

  @Test
  void multivariant_saysWhatWasDeclaredUntilSegmentsContradictIt_andAtTheEndWhatWasMeasured() {
    segment(0);
    // Declared: 4,000,000 and 3,000,000 for video, 140,000 and 128,000 for audio.
    assertThat(text(broadcast.view().index()))
        .contains("BANDWIDTH=4140000,AVERAGE-BANDWIDTH=3128000");
    for (long msn = 1; msn < 15; msn++) {
      segment(msn);
    }
    long bits = 8L * Script.segmentBytes("source", 0).length / 4;
    long audioBits = 8L * Script.segmentBytes("audio", 0).length / 4;
    // A minute has passed: averages are known to be wrong. The peak is not, it may still come.
    assertThat(text(broadcast.view().index()))
        .contains("BANDWIDTH=4140000,AVERAGE-BANDWIDTH=" + (bits + audioBits) + ",");
    RenderedPlaylist settled = broadcast.view().index();
    segment(15);
    assertThat(broadcast.view().index()).isSameAs(settled);
    broadcast.apply(List.of(script.end(16)));
    assertThat(text(broadcast.view().index()))
        .contains(
            "BANDWIDTH=" + (bits + audioBits) + ",AVERAGE-BANDWIDTH=" + (bits + audioBits) + ",");
  }

  @Test
  void iframes_areThePicturesThatStandAlone_inNumbersOfTheirOwn() {
    segment(0);
    broadcast.apply(List.of(script.open(1, true, 0)));
    script.parts(1).forEach(broadcast::accept);
    broadcast.apply(List.of(script.close(1, "source")));
    segment(2);
    String pictures = text(broadcast.view().track("source").iframes().full());
    assertThat(pictures)
        .startsWith(
            """
            #EXTM3U
            #EXT-X-VERSION:8
            #EXT-X-TARGETDURATION:6
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=36.0,HOLD-BACK=18.0,PART-HOLD-BACK=1.5
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-DISCONTINUITY-SEQUENCE:0
            #EXT-X-PLAYLIST-TYPE:EVENT
            #EXT-X-I-FRAMES-ONLY
            #EXT-X-MAP:URI="source/init-init0source.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:00.000Z
            #EXTINF:2.0,
            source/0.0.iframe.m4s
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:02.000Z
            #EXTINF:2.0,
            source/0.4.iframe.m4s
            #EXT-X-DISCONTINUITY
            #EXT-X-MAP:URI="source/init-init1source.mp4"
            #EXT-X-PROGRAM-DATE-TIME:2026-11-21T09:00:04.000Z
            #EXT-X-GAP
            #EXTINF:4.0,
            source/1.0.iframe.m4s
            """)
        .doesNotContain("EXT-X-PART:", "PRELOAD-HINT");
    assertThat(broadcast.view().track("source").iframes().nextMsn()).isEqualTo(5);
    assertThat(broadcast.view().track("audio").iframes()).isNull();
    broadcast.liveWindow(18);
    for (long msn = 3; msn < 12; msn++) {
      segment(msn);
    }
    assertThat(text(broadcast.view().track("source").liveIframes().full()))
        .contains("#EXT-X-MEDIA-SEQUENCE:11\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n")
        .doesNotContain("PLAYLIST-TYPE")
        .contains("source/6.0.iframe.m4s")
        .doesNotContain("source/5.4.iframe.m4s");
    broadcast.apply(List.of(script.end(12)));
    assertThat(text(broadcast.view().track("source").iframes().full()))
        .endsWith("source/11.4.iframe.m4s\n#EXT-X-ENDLIST\n");
  }

  @Test
  void everyVersionOfEveryPlaylist_keepsTheRulesOfItsHistory() {
    Map<String, PlaylistHistory> histories = new LinkedHashMap<>();
    for (long msn = 0; msn < 40; msn++) {
      broadcast.apply(List.of(script.open(msn, msn == 20, 0)));
      for (MediaPart part : script.parts(msn)) {
        broadcast.accept(part);
        watch(histories, msn % 5 == 4);
      }
      broadcast.apply(List.of(msn % 7 == 3 ? script.close(msn, "source") : script.close(msn)));
      watch(histories, false);
      broadcast.liveWindow(60);
    }
    broadcast.apply(List.of(script.end(40)));
    watch(histories, false);
    PlaylistHistory video = histories.get("source");
    assertThat(video.disagreements(histories.get("audio"))).isEmpty();
    assertThat(video.disagreements(histories.get("iframes-source")))
        .allMatch(complaint -> complaint.contains("of segment")); // numbers of its own
    assertThat(histories.get("live-source").disagreements(histories.get("live-audio"))).isEmpty();
  }

  private void watch(Map<String, PlaylistHistory> histories, boolean delta) {
    for (TrackView track : broadcast.view().tracks().values()) {
      Map<String, PlaylistState> states = new LinkedHashMap<>();
      states.put(track.rendition().name(), track.event());
      states.put("live-" + track.rendition().name(), track.live());
      if (track.iframes() != null) {
        states.put("iframes-" + track.rendition().name(), track.iframes());
        states.put("iframes-live-" + track.rendition().name(), track.liveIframes());
      }
      states.forEach(
          (name, state) -> {
            String text = text(delta ? state.delta() : state.full());
            assertThat(histories.computeIfAbsent(name, PlaylistHistory::new).add(text))
                .as(text)
                .isEmpty();
          });
    }
  }
}
