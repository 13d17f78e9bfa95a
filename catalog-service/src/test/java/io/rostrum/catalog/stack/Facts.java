package io.rostrum.catalog.stack;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.contracts.timeline.Rendition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Facts of a broadcast with four-second segments that starts at {@link #START}. */
public final class Facts {
  /** Programme time of the first segment. */
  public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private static final long SEGMENT_TICKS = 4L * Fact.CLOCK_HZ;
  private static final Rendition SOURCE =
      new Rendition(
          "source",
          Rendition.Kind.VIDEO,
          "avc1.64001f",
          90_000,
          3_000_000,
          2_500_000,
          1280,
          720,
          25,
          45_000,
          0,
          0);

  private Facts() {}

  public static Fact connected() {
    return new Fact.Publisher(true, "pub2345", "RTMP", null, START);
  }

  public static Fact gone() {
    return new Fact.Publisher(false, "pub2345", "RTMP", "connection lost", START.plusSeconds(60));
  }

  public static Fact open(long msn) {
    return new Fact.Open(
        msn,
        false,
        0,
        START.plusSeconds(4 * msn),
        msn * SEGMENT_TICKS,
        "pub2345",
        Map.of("source", "00112233aabbccdd"),
        msn == 0 ? Map.of("00112233aabbccdd", new byte[] {0, 1, 2, 3}) : Map.of(),
        msn == 0 ? List.of(SOURCE) : null,
        100 * msn);
  }

  public static Fact close(long msn) {
    return new Fact.Close(
        msn,
        SEGMENT_TICKS,
        Map.of(
            "source",
            new Fact.SegmentRendition(
                null,
                SEGMENT_TICKS,
                90_000,
                1_000,
                "ab".repeat(32),
                List.of(new Fact.Part(1_000, SEGMENT_TICKS, true)))));
  }

  /** A segment that has media in no rendition. */
  public static Fact gap(long msn, String reason) {
    return new Fact.Close(
        msn, SEGMENT_TICKS, Map.of("source", Fact.SegmentRendition.gap(reason, SEGMENT_TICKS)));
  }

  public static Fact stored(long msn) {
    return new Fact.Stored(msn, Map.of("source", "broadcasts/x/source/" + msn + ".m4s"));
  }

  public static Fact end(long segments) {
    return new Fact.End(
        Fact.End.Reason.REQUESTED,
        segments,
        segments * SEGMENT_TICKS,
        START.plusSeconds(4 * segments));
  }

  /** Open, close and stored of segments. */
  public static Fact[] segments(long firstMsn, int count) {
    List<Fact> facts = new ArrayList<>();
    for (long msn = firstMsn; msn < firstMsn + count; msn++) {
      facts.add(open(msn));
      facts.add(close(msn));
      facts.add(stored(msn));
    }
    return facts.toArray(Fact[]::new);
  }
}
