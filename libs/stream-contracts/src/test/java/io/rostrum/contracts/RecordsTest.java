package io.rostrum.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.contracts.broadcast.Audience;
import io.rostrum.contracts.broadcast.BroadcastIntent;
import io.rostrum.contracts.broadcast.StreamKey;
import io.rostrum.contracts.json.ContractJson;
import io.rostrum.contracts.media.MediaPart;
import io.rostrum.contracts.source.SourceRecord;
import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.TimelineRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordsTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");

  static List<SourceRecord> sourceRecords() {
    return List.of(
        new SourceRecord.PublicationStart(
            "pub1aaaa",
            0,
            SourceRecord.Protocol.RTMPS,
            "key1",
            "node-1",
            AT,
            "OBS",
            334,
            new byte[] {1, 2, 3}),
        new SourceRecord.Chunk(
            "pub1aaaa", 7, 2, true, false, true, 1234, ByteBuffer.wrap(new byte[] {9, 8})),
        new SourceRecord.Chunk(
            "pub1aaaa", 8, 1, false, true, false, 1234, ByteBuffer.wrap(new byte[0])),
        new SourceRecord.PublicationEnd("pub1aaaa", 9, SourceRecord.EndReason.TIMED_OUT, true));
  }

  @ParameterizedTest
  @MethodSource("sourceRecords")
  void sourceRecord_writtenAndRead_isTheSame(SourceRecord record) {
    assertThat(SourceRecord.parse(record.toBytes())).usingRecursiveComparison().isEqualTo(record);
  }

  @Test
  void recordsFromBeforePartsHadALength_haveTheUsualOne() {
    byte[] start = sourceRecords().get(0).toBytes();
    byte[] older = Arrays.copyOf(start, start.length - Integer.BYTES);
    SourceRecord.PublicationStart read = (SourceRecord.PublicationStart) SourceRecord.parse(older);
    assertThat(read.partTargetMs()).isEqualTo(500);

    String facts =
        "{\"name\":\"audio\",\"kind\":\"AUDIO\",\"codecs\":\"mp4a.40.2\",\"timescale\":48000}";
    Rendition rendition =
        ContractJson.read(facts.getBytes(StandardCharsets.UTF_8), Rendition.class);
    assertThat(rendition.partTargetMs()).isEqualTo(500);
  }

  @ParameterizedTest
  @MethodSource("sourceRecords")
  void sourceRecord_damagedAnywhere_isAContractExceptionOrARecord(SourceRecord record) {
    onlyContractExceptions(record.toBytes(), SourceRecord::parse);
  }

  @Test
  void mediaPart_writtenAndRead_isTheSame_andDamagedIsAContractException() {
    MediaPart part =
        new MediaPart(
            3, 41, 7, "480p", 45_000, 90_000, true, ByteBuffer.wrap(new byte[] {5, 6, 7}));
    assertThat(MediaPart.parse(part.toBytes())).usingRecursiveComparison().isEqualTo(part);
    onlyContractExceptions(part.toBytes(), MediaPart::parse);
  }

  @Test
  void facts_writtenAndRead_areTheSame() {
    Rendition rendition =
        new Rendition(
            "source",
            Rendition.Kind.VIDEO,
            "avc1.64001F",
            90_000,
            1,
            1,
            1280,
            720,
            29.97,
            42_042,
            0,
            0);
    List<Fact> facts =
        List.of(
            new Fact.Publisher(true, "pub1aaaa", "RTMP", null, AT),
            new Fact.Open(
                4,
                true,
                1,
                AT,
                360_000,
                "pub1aaaa",
                Map.of("source", "ab"),
                Map.of("ab", new byte[] {1}),
                List.of(rendition),
                17),
            new Fact.Close(
                4,
                360_000,
                Map.of(
                    "source",
                    new Fact.SegmentRendition(
                        null, 360_000, 90_000, 3, "ff", List.of(new Fact.Part(3, 360_000, true))),
                    "480p",
                    Fact.SegmentRendition.gap("encoder behind", 360_000))),
            new Fact.Stored(4, Map.of("source", "broadcasts/x/source/4.m4s")),
            new Fact.Stored(
                5,
                Map.of("source", "broadcasts/x/source/5.m4s"),
                new Fact.Thumbnails(
                    "broadcasts/x/storyboard/5.jpg",
                    List.of(450_000L),
                    160,
                    90,
                    96,
                    new Fact.ThumbnailSheet("broadcasts/x/storyboard/sheet-0.jpg", 0),
                    "broadcasts/x/storyboard/poster.jpg")),
            new Fact.End(Fact.End.Reason.REQUESTED, 5, 1_800_000, AT));
    for (Fact fact : facts) {
      TimelineRecord record = new TimelineRecord("broadcast1", 12, 2, AT, fact);
      assertThat(TimelineRecord.parse(record.toBytes()))
          .usingRecursiveComparison()
          .isEqualTo(record);
    }
  }

  @Test
  void factOfANewerWriter_withAFieldMore_isStillRead() {
    String json =
        "{\"broadcast\":\"broadcast1\",\"seq\":0,\"epoch\":1,\"at\":\"2026-11-21T10:00:00Z\",\"new\":1,"
            + "\"fact\":{\"type\":\"stored\",\"msn\":3,\"keys\":{},\"later\":true}}";
    assertThat(TimelineRecord.parse(json.getBytes(StandardCharsets.UTF_8)).fact())
        .isEqualTo(new Fact.Stored(3, Map.of()));
  }

  @Test
  void brokenJson_isAContractException() {
    for (String json :
        List.of("", "null", "[]", "{", "{\"broadcast\":\"x\"}", "{\"fact\":{\"type\":\"no\"}}")) {
      assertThatThrownBy(() -> TimelineRecord.parse(json.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(ContractException.class);
    }
  }

  @Test
  void intent_hasDefaults_andSurvivesItsJson() {
    BroadcastIntent intent =
        new BroadcastIntent(
            "broadcast1",
            3,
            "All hands",
            Audience.signedIn(),
            null,
            true,
            null,
            0,
            null,
            false,
            AT);
    assertThat(intent.autoEnd()).isEqualTo(Duration.ofMinutes(30));
    assertThat(intent.liveWindowSeconds()).isEqualTo(900);
    assertThat(BroadcastIntent.parse(intent.toBytes())).isEqualTo(intent);
    assertThat(new String(intent.toBytes(), StandardCharsets.UTF_8))
        .doesNotContain("endRequested\"");
  }

  @Test
  void streamKey_isParsedFromWhatIsShown_andMatchesItsHashOnly() {
    StreamKey key = StreamKey.generate();
    assertThat(StreamKey.parse(key.reveal())).contains(key);
    assertThat(key.matches(key.hash(null))).isTrue();
    assertThat(new StreamKey(key.keyId(), key.secret().substring(1) + "x").matches(key.hash(null)))
        .isFalse();
    assertThat(StreamKey.generate().matches(key.hash(null))).isFalse();
    assertThat(key.toString()).doesNotContain(key.secret());
    for (String text :
        new String[] {
          null, "", "rst_", "rst_abcd_short", "rst_abcd_" + "x".repeat(300), key.reveal() + "/.."
        }) {
      assertThat(StreamKey.parse(text)).isEmpty();
    }
  }

  private static void onlyContractExceptions(byte[] good, Function<byte[], ?> parse) {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = Arrays.copyOf(good, i < good.length ? i : good.length);
      if (i >= good.length) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        parse.apply(bad);
      } catch (ContractException expected) {
        // The property: nothing else.
      }
    }
  }
}
