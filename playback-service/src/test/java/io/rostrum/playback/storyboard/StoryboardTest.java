package io.rostrum.playback.storyboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.contracts.timeline.Fact;
import io.rostrum.hls.RenderedPlaylist;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class StoryboardTest {
  private static final long SECOND = Fact.CLOCK_HZ;
  private static final long SEGMENT = 4 * SECOND;

  private final Storyboard storyboard = new Storyboard();

  private static Fact.Thumbnails at(long msn, long... seconds) {
    return thumbnails(msn, null, seconds);
  }

  /** Those that complete a sheet. */
  private static Fact.Thumbnails withSheet(long msn, long firstMsn, long... seconds) {
    String key = "broadcasts/x/storyboard/sheet-" + firstMsn + ".jpg";
    return thumbnails(msn, new Fact.ThumbnailSheet(key, firstMsn), seconds);
  }

  private static Fact.Thumbnails thumbnails(long msn, Fact.ThumbnailSheet sheet, long... seconds) {
    List<Long> ticks = Arrays.stream(seconds).mapToObj(s -> s * SECOND).toList();
    String key = "broadcasts/x/storyboard/" + msn + ".jpg";
    return new Fact.Thumbnails(key, ticks, 160, 90, 96, sheet, null);
  }

  private void stored(long msn, Fact.Thumbnails thumbnails) {
    storyboard.stored(msn, msn * SEGMENT, (msn + 1) * SEGMENT, true, thumbnails);
  }

  private String text() {
    return text(storyboard.whole());
  }

  private static String text(RenderedPlaylist rendered) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    rendered.plain().forEach(plain::writeBytes);
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    rendered.gzip().forEach(gzip::writeBytes);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.toByteArray()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain.toByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return plain.toString(StandardCharsets.UTF_8);
  }

  @Test
  void nothing_isAValidFileWithoutCues() {
    assertThat(text()).isEqualTo("WEBVTT\n\n");
    stored(0, null);
    assertThat(text()).isEqualTo("WEBVTT\n\n");
    assertThat(storyboard.poster()).isNull();
  }

  @Test
  void cues_lastUntilTheNextOne_andTheLastToTheEndOfWhatIsStored() {
    stored(0, at(0, 0));
    stored(1, at(1, 5));
    stored(2, at(2, 10));
    stored(3, null);
    assertThat(text())
        .isEqualTo(
            """
            WEBVTT

            00:00:00.000 --> 00:00:05.000
            storyboard/0.jpg#xywh=0,0,160,90

            00:00:05.000 --> 00:00:10.000
            storyboard/1.jpg#xywh=0,0,160,90

            00:00:10.000 --> 00:00:16.000
            storyboard/2.jpg#xywh=0,0,160,90

            """);
  }

  @Test
  void times_areThoseOfThePlaylist_whichStartsWithTheFirstSegment() {
    storyboard.stored(0, 6000, 6000 + SEGMENT, true, at(0, 1));
    assertThat(text()).contains("00:00:00.933 --> 00:00:04.000\n");
  }

  @Test
  void hours_areWrittenOut() {
    long msn = 30L * 3600 / 4;
    storyboard.stored(0, 0, SEGMENT, true, null);
    stored(msn, at(msn, 30 * 3600));
    assertThat(text()).contains("30:00:00.000 --> 30:00:04.000\n");
  }

  @Test
  void stretchWithoutPictures_hasNoCue() {
    stored(0, at(0, 0));
    storyboard.stored(1, SEGMENT, 2 * SEGMENT, false, null);
    assertThat(text()).contains("00:00:00.000 --> 00:00:04.000\n");
    storyboard.stored(2, 2 * SEGMENT, 3 * SEGMENT, false, null);
    stored(3, null);
    assertThat(text()).contains("00:00:00.000 --> 00:00:04.000\n");
    stored(4, at(4, 17));
    assertThat(text())
        .contains("00:00:00.000 --> 00:00:04.000\n")
        .contains("00:00:17.000 --> 00:00:20.000\n");
  }

  @Test
  void sheet_takesThePlaceOfItsSegments_andNothingElseMoves() {
    stored(0, at(0, 0));
    stored(1, at(1, 5, 6));
    stored(2, withSheet(2, 0, 10));
    assertThat(text())
        .isEqualTo(
            """
            WEBVTT

            00:00:00.000 --> 00:00:05.000
            storyboard/sheet-0.jpg#xywh=0,0,160,90

            00:00:05.000 --> 00:00:06.000
            storyboard/sheet-0.jpg#xywh=0,96,160,90

            00:00:06.000 --> 00:00:10.000
            storyboard/sheet-0.jpg#xywh=0,192,160,90

            00:00:10.000 --> 00:00:12.000
            storyboard/sheet-0.jpg#xywh=0,288,160,90

            """);
    stored(3, at(3, 15));
    assertThat(text())
        .contains("00:00:10.000 --> 00:00:15.000\nstoryboard/sheet-0.jpg#xywh=0,288,160,90\n")
        .endsWith("00:00:15.000 --> 00:00:16.000\nstoryboard/3.jpg#xywh=0,0,160,90\n\n");
  }

  @Test
  void segmentsThatNoSheetTookIn_keepTheirOwnPictures() {
    stored(0, at(0, 0));
    stored(1, at(1, 5));
    stored(2, withSheet(2, 1, 10));
    assertThat(text())
        .contains("storyboard/0.jpg#xywh=0,0,160,90")
        .contains("storyboard/sheet-1.jpg#xywh=0,0,160,90")
        .contains("storyboard/sheet-1.jpg#xywh=0,96,160,90");
  }

  @Test
  void range_hasItsOwnTimes_andNothingOutside() {
    for (long msn = 0; msn < 6; msn++) {
      stored(msn, at(msn, msn * 4));
    }
    assertThat(text(storyboard.range("../../", 2 * SEGMENT + SECOND, 4 * SEGMENT)))
        .isEqualTo(
            """
            WEBVTT

            00:00:00.000 --> 00:00:03.000
            ../../storyboard/2.jpg#xywh=0,0,160,90

            00:00:03.000 --> 00:00:07.000
            ../../storyboard/3.jpg#xywh=0,0,160,90

            """);
  }

  @Test
  void day_costsForEachChangeWhatIsNew() {
    long msn = 0;
    for (; msn < 24 * 900; msn++) {
      boolean full = msn % 25 == 24;
      Fact.Thumbnails thumbnails = full ? withSheet(msn, msn - 24, 4 * msn) : at(msn, 4 * msn);
      stored(msn, thumbnails);
    }
    RenderedPlaylist before = storyboard.whole();
    stored(msn, at(msn, 4 * msn));
    RenderedPlaylist after = storyboard.whole();
    List<byte[]> known = before.plain();
    int shared = 0;
    for (byte[] piece : after.plain()) {
      if (known.stream().anyMatch(old -> old == piece)) {
        shared += piece.length;
      }
    }
    assertThat(after.length()).isGreaterThan(1_000_000);
    assertThat(after.length() - shared).isLessThan(3000);
    assertThat(after.gzip().stream().mapToInt(piece -> piece.length).sum()).isLessThan(250_000);
    assertThat(text().lines().filter(line -> line.contains("-->"))).hasSize((int) msn + 1);
  }
}
