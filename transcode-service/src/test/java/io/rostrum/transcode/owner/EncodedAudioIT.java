package io.rostrum.transcode.owner;

import static io.rostrum.transcode.owner.Timelines.facts;
import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.TimelineRecord;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.InitSegment;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Publications whose audio is not what the broadcast declared, or that have none, with real codec
 * children: one audio rendition without a gap, the same whoever makes it.
 */
class EncodedAudioIT {
  private static final int FRAME = 1024;
  private static TestStack stack;

  @BeforeAll
  static void start() {
    stack = new TestStack();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void opusAndNoAudioAtAll_behindAac_oneGridWithoutAHole_andTheSameBytesFromManyOwners()
      throws Exception {
    String wild = "wildsound1";
    stack.intend(wild, null);
    List<SourceRecord> records = new ArrayList<>(ClipPublication.records("pub1aaaa", false));
    records.addAll(
        withOpus(ClipPublication.records("pub2aaaa", false, SourceRecord.Protocol.WHIP)));
    records.addAll(withoutAudio(ClipPublication.records("pub3aaaa", true)));
    CalmRun calm = CalmRun.of(stack, "calmsound1", records, stack::node);
    List<TimelineRecord> timeline = stack.timeline("calmsound1");
    List<Fact.Open> opens = facts(timeline, Fact.Open.class);
    List<Fact.Close> closes = facts(timeline, Fact.Close.class);
    List<Fact.Stored> stored = facts(timeline, Fact.Stored.class);
    assertThat(closes).hasSize(12);
    long next = -1;
    for (int i = 0; i < closes.size(); i++) {
      boolean passed = opens.get(i).publication().equals("pub1aaaa");
      assertThat(closes.get(i).renditions().get("audio").gap()).as("segment %s", i).isNull();
      assertThat(closes.get(i).renditions().get("audio").parts().size())
          .as("parts of segment %s", i)
          .isGreaterThanOrEqualTo((int) (closes.get(i).durationTicks() / 45_000));
      boolean fresh = true;
      for (Fragment fragment : Fragment.readAll(stack.object(stored.get(i).keys().get("audio")))) {
        for (AccessUnit frame : fragment.samples()) {
          if (i > 4 && !(opens.get(i).discontinuity() && fresh)) {
            assertThat(frame.decodeTimeTicks()).as("frame of segment %s", i).isEqualTo(next);
          } else if (i > 0) {
            // A publication's first picture may be shown a little after the last one's end.
            assertThat((frame.decodeTimeTicks() - next) % FRAME).as("segment %s", i).isZero();
            assertThat(frame.decodeTimeTicks()).isGreaterThanOrEqualTo(next);
          }
          fresh = false;
          assertThat(frame.durationTicks()).isEqualTo(FRAME);
          next = frame.endDecodeTimeTicks();
        }
      }
      long endTicks = opens.get(i).startTicks() + closes.get(i).durationTicks();
      if (!passed) {
        assertThat(next * 90_000 / 48_000 - endTicks).isBetween(0L, 1920L);
      }
    }

    Random random = new Random(11);
    int done = 0;
    for (int life = 0; life < 6; life++) {
      try (TranscodeNode node = stack.node()) {
        int until =
            life == 5 ? records.size() : Math.min(records.size(), done + 90 + random.nextInt(120));
        stack.publish(wild, records.subList(done, until));
        done = until;
        int facts = stack.timeline(wild).size();
        int more = random.nextInt(4);
        int reachable = done > 110 ? 4 : 1;
        stack.awaitTimeline(
            wild,
            found ->
                found.size() >= Math.min(facts + more, reachable)
                    || Timelines.endedAndStored(found));
      }
    }
    try (TranscodeNode node = stack.node()) {
      stack.awaitTimeline(wild, Timelines::endedAndStored);
    }
    assertThat(stack.hashes(wild)).isEqualTo(calm.hashes()).hasSizeGreaterThan(30);
  }

  @Test
  void firstPublicationWithOpus_isOfferedAsAac() throws Exception {
    String id = "opusfirst1";
    stack.intend(id, null);
    stack.publish(
        id, withOpus(ClipPublication.records("pub1aaaa", true, SourceRecord.Protocol.WHIP)));
    try (TranscodeNode node = stack.node()) {
      List<TimelineRecord> timeline = stack.awaitTimeline(id, Timelines::endedAndStored);
      assertThat(facts(timeline, Fact.Open.class).get(0).ladder())
          .filteredOn(rendition -> rendition.name().equals("audio"))
          .singleElement()
          .satisfies(audio -> assertThat(audio.codecs()).isEqualTo("mp4a.40.2"));
      for (Fact.Close close : facts(timeline, Fact.Close.class)) {
        assertThat(close.renditions().get("audio").gap()).isNull();
        long soundTicks = close.renditions().get("audio").durationTicks() * 90_000 / 48_000;
        assertThat(soundTicks - close.durationTicks()).isBetween(-1920L, 1920L);
      }
    }
  }

  /** Who waits for it to begin asks for playlists: they are there long before the first segment. */
  @Test
  void publicationThatIsNotPassedThrough_isOpened_beforeItsFirstSegmentIsWhole() throws Exception {
    String id = "openearly1";
    stack.intend(id, null);
    List<SourceRecord> records =
        withOpus(ClipPublication.records("pub1aaaa", true, SourceRecord.Protocol.WHIP));
    stack.publish(id, records.subList(0, secondSegment(records)));
    try (TranscodeNode node = stack.node()) {
      List<TimelineRecord> timeline =
          stack.awaitTimeline(id, found -> !facts(found, Fact.Open.class).isEmpty());
      assertThat(facts(timeline, Fact.Close.class)).isEmpty();
      assertThat(facts(timeline, Fact.Open.class).get(0).ladder())
          .extracting(Rendition::name)
          .containsExactly("720p", "audio");
    }
  }

  private static int secondSegment(List<SourceRecord> records) {
    int starts = 0;
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i) instanceof SourceRecord.Chunk chunk
          && chunk.segmentStart()
          && ++starts == 2) {
        return i;
      }
    }
    throw new AssertionError("the clip has one segment only");
  }

  private static List<SourceRecord> withoutAudio(List<SourceRecord> records) throws Exception {
    List<SourceRecord> changed = new ArrayList<>();
    int audioId = 0;
    for (SourceRecord record : records) {
      if (record instanceof SourceRecord.PublicationStart start) {
        List<Track> tracks = InitSegment.read(start.init());
        audioId = audioId(tracks);
        List<Track> video = tracks.stream().filter(t -> t.format() instanceof VideoFormat).toList();
        changed.add(started(start, video));
      } else if (!(record instanceof SourceRecord.Chunk chunk && chunk.trackId() == audioId)) {
        changed.add(record);
      }
    }
    return changed;
  }

  /** The same sound as Opus; a stretch of it got lost on the way. */
  private static List<SourceRecord> withOpus(List<SourceRecord> records) throws Exception {
    byte[] clip;
    try (InputStream in = EncodedAudioIT.class.getResourceAsStream("/sound-14s-opus.mp4")) {
      clip = in.readAllBytes();
    }
    AudioFormat opus = (AudioFormat) InitSegment.read(clip).get(0).format();
    List<AccessUnit> packets = new ArrayList<>();
    for (Fragment fragment : Fragment.readAll(clip, InitSegment.readDefaults(clip))) {
      packets.addAll(fragment.samples());
    }
    List<SourceRecord> changed = new ArrayList<>();
    int audioId = 0;
    int at = 0;
    for (SourceRecord record : records) {
      if (record instanceof SourceRecord.PublicationStart start) {
        List<Track> tracks = new ArrayList<>(InitSegment.read(start.init()));
        audioId = audioId(tracks);
        int id = audioId;
        tracks.replaceAll(t -> t.id() == id ? new Track(id, opus) : t);
        changed.add(started(start, tracks));
      } else if (record instanceof SourceRecord.Chunk chunk && chunk.trackId() == audioId) {
        Fragment fragment = Fragment.readAll(chunk.payloadBytes()).get(0);
        AccessUnit last = fragment.samples().get(fragment.samples().size() - 1);
        List<AccessUnit> sound = new ArrayList<>();
        for (; at < packets.size() && at * 960L < last.endDecodeTimeTicks(); at++) {
          if (at % 200 < 195) {
            sound.add(new AccessUnit(at * 960L, 0, 960, true, packets.get(at).data()));
          } else if (!sound.isEmpty()) {
            changed.add(audio(chunk, audioId, sound));
            sound = new ArrayList<>();
          }
        }
        if (!sound.isEmpty()) {
          changed.add(audio(chunk, audioId, sound));
        }
      } else {
        changed.add(record);
      }
    }
    return changed;
  }

  private static SourceRecord audio(SourceRecord.Chunk like, int track, List<AccessUnit> units) {
    return new SourceRecord.Chunk(
        like.publicationId(),
        0,
        track,
        false,
        false,
        true,
        0,
        ByteBuffer.wrap(new Fragment(1, track, units).write()));
  }

  private static int audioId(List<Track> tracks) {
    return tracks.stream()
        .filter(t -> t.format() instanceof AudioFormat)
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static SourceRecord started(SourceRecord.PublicationStart start, List<Track> tracks) {
    return new SourceRecord.PublicationStart(
        start.publicationId(),
        0,
        start.protocol(),
        start.keyId(),
        start.node(),
        start.pdt(),
        "",
        InitSegment.write(tracks));
  }
}
