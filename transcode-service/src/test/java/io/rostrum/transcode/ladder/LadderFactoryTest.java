package io.rostrum.transcode.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.contracts.codec.Rung;
import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.FrameRate;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderFactoryTest {
  private static final byte[] AVCC =
      HexFormat.of()
          .parseHex(
              "0142c020ffe100186742c020d9005005bb0110000003001000000640f183248001000568cb83cb20");
  private static final AudioFormat AAC =
      new AudioFormat(AudioCodec.AAC, new byte[] {0x11, (byte) 0x90}, 48_000, 2);

  private static final AudioFormat OPUS =
      new AudioFormat(
          AudioCodec.OPUS,
          new byte[] {
            'O',
            'p',
            'u',
            's',
            'H',
            'e',
            'a',
            'd',
            1,
            2,
            0,
            0,
            (byte) 0x80,
            (byte) 0xbb,
            0,
            0,
            0,
            0,
            0
          },
          48_000,
          2);

  @ParameterizedTest
  @CsvSource({
    "1920,1080,480p,854,480",
    "1280,720,480p,854,480",
    "640,360,240p,426,240",
    "1080,1920,480p,270,480",
    "320,180,240p,320,180",
    "321,181,240p,320,180",
    "16,16,240p,16,16"
  })
  void encodedRung_isTheBestBelowTheSource_orTheSmallestAtItsHeight(
      int width, int height, String name, int w, int h) {
    Ladder ladder =
        factory(1).choose(false, video(width, height, null), new FrameRate(30, 1), AAC, 500);
    assertThat(ladder.renditions())
        .extracting(Rendition::name)
        .containsExactly("source", name, "audio");
    Rung rung = ladder.rungs().get(0);
    assertThat(List.of(rung.width(), rung.height())).containsExactly(w, h);
  }

  @ParameterizedTest
  @CsvSource({
    "60,1,30,1,15",
    "30000,1001,30000,1001,14",
    "50,1,25,1,12",
    "25,1,25,1,12",
    "120,1,30,1,15"
  })
  void frameRate_isHalvedUntilItFits_andPartsStayWithinHalfASecond(
      int num, int den, int rungNum, int rungDen, int perPart) {
    Ladder ladder =
        factory(1).choose(false, video(1280, 720, null), new FrameRate(num, den), AAC, 500);
    io.rostrum.contracts.codec.FrameRate rate = ladder.rungs().get(0).frameRate();
    assertThat(new FrameRate(rate.numerator(), rate.denominator()))
        .isEqualTo(new FrameRate(rungNum, rungDen));
    assertThat(LadderFactory.framesPerPart(new FrameRate(rungNum, rungDen), 500))
        .isEqualTo(perPart);
    assertThat(ladder.rungs().get(0).keyframeIntervalFrames())
        .isEqualTo(Math.round(2f * rungNum / rungDen));
    assertThat(ladder.renditions()).allMatch(r -> 2 * r.partDurationTicks() <= r.timescale());
  }

  @ParameterizedTest(name = "{0} ms at {1}/{2} frames/s: {3}")
  @CsvSource({
    "334, 30, 1, 10",
    "334, 30000, 1001, 10",
    "334, 25, 1, 8",
    "334, 24, 1, 8",
    "334, 15, 1, 5",
    "334, 60, 1, 20",
    "200, 25, 1, 5",
    "1000, 30, 1, 30"
  })
  void shorterParts_holdWholeFrames_andAtLeast85PercentOfTheTarget(
      int targetMs, int num, int den, int perPart) {
    Ladder ladder =
        factory(1).choose(false, video(1280, 720, null), new FrameRate(num, den), AAC, targetMs);

    assertThat(LadderFactory.framesPerPart(new FrameRate(num, den), targetMs)).isEqualTo(perPart);
    assertThat(ladder.renditions()).allMatch(r -> r.partTargetMs() == targetMs);
    assertThat(ladder.renditions())
        .allSatisfy(
            r ->
                assertThat(1000.0 * r.partDurationTicks() / r.timescale())
                    .isBetween(0.85 * targetMs, (double) targetMs));
  }

  @ParameterizedTest
  @CsvSource({"90000,1", "1,7", "1000000,999999"})
  void absurdDeclaredFrameRate_isNotBelieved(int num, int den) {
    Ladder ladder =
        factory(1).choose(false, video(1280, 720, new FrameRate(num, den)), null, null, 500);
    assertThat(ladder.rungs().get(0).frameRate())
        .isEqualTo(new io.rostrum.contracts.codec.FrameRate(30, 1));
  }

  @Test
  void severalRungs_orNone_orAudioAlone() {
    assertThat(
            factory(2)
                .choose(false, video(1280, 720, null), new FrameRate(30, 1), AAC, 500)
                .rungs())
        .extracting(Rung::name)
        .containsExactly("480p", "240p");
    assertThat(
            factory(0)
                .choose(false, video(1280, 720, null), new FrameRate(30, 1), AAC, 500)
                .rungs())
        .isEmpty();
    assertThat(factory(1).choose(false, null, null, AAC, 500).renditions())
        .extracting(Rendition::name)
        .containsExactly("audio");
    assertThatThrownBy(() -> new LadderFactory(List.of("481p"), 1, 30, "veryfast", Canvas.DEFAULT))
        .hasMessageContaining("481p")
        .hasMessageContaining("480p");
  }

  @ParameterizedTest
  @CsvSource({
    "2560,1440,1080p:720p:480p:240p",
    "1920,1080,720p:480p:240p",
    "1280,720,480p:240p",
    "426,240,240p"
  })
  void wholeLadder_isEveryRungBelowTheSource(int width, int height, String names) {
    assertThat(
            whole()
                .choose(false, video(width, height, null), new FrameRate(30, 1), AAC, 500)
                .rungs())
        .extracting(Rung::name)
        .containsExactly(names.split(":"));
  }

  @ParameterizedTest
  @CsvSource({
    "3840,2160,1080p:720p:480p:240p,1080",
    "1920,1080,1080p:720p:480p:240p,1080",
    "1600,900,1080p:720p:480p:240p,900",
    "1280,720,720p:480p:240p,720"
  })
  void sourceThatFewPlayersKnow_isRecordedOnly_andHasARungAtItsOwnHeight(
      int width, int height, String names, int top) {
    VideoFormat av1 =
        new VideoFormat(
            VideoCodec.AV1, new byte[] {(byte) 0x81, 8, 12, 0}, width, height, 90_000, null);
    Ladder ladder = whole().choose(false, av1, new FrameRate(30, 1), AAC, 500);
    assertThat(ladder.rendition("source").orElseThrow().recordedOnly()).isTrue();
    assertThat(ladder.rungs()).extracting(Rung::name).containsExactly(names.split(":"));
    assertThat(ladder.rungs().get(0).height()).isEqualTo(top);
    assertThat(ladder.renditions().stream().filter(r -> !r.recordedOnly()))
        .allMatch(r -> r.codecs().startsWith("avc1") || r.name().equals("audio"));
    assertThat(
            whole()
                .likeSource(
                    ladder.rendition("source").orElseThrow(), ladder.rungs().get(0).frameRate()))
        .isNull();
  }

  @Test
  void slowSource_isRecordedOnly() {
    Ladder ladder = whole().choose(false, video(1280, 720, null), new FrameRate(5, 1), AAC, 500);
    assertThat(ladder.rendition("source").orElseThrow().recordedOnly()).isTrue();
    assertThat(ladder.rungs().get(0).name()).isEqualTo("720p");
  }

  @Test
  void varyingPictures_haveTheLadderOfTheCanvas_whateverTheyStartWith() {
    VideoFormat vp8 =
        new VideoFormat(
            VideoCodec.VP8, new byte[] {0, 10, (byte) 0x80, 1, 1, 1, 0, 0}, 320, 180, 90_000, null);
    for (VideoFormat first : List.of(vp8, video(320, 180, null))) {
      Ladder ladder = whole().choose(true, first, new FrameRate(7, 1), OPUS, 500);
      assertThat(ladder.renditions())
          .extracting(Rendition::name)
          .containsExactly("720p", "480p", "240p", "audio");
      assertThat(ladder.rungs())
          .allMatch(
              rung -> rung.frameRate().equals(new io.rostrum.contracts.codec.FrameRate(30, 1)));
      Rendition audio = ladder.rendition("audio").orElseThrow();
      assertThat(audio.codecs()).isEqualTo("mp4a.40.2");
      assertThat(audio.partDurationTicks()).isEqualTo(23 * 1024);
    }
  }

  @Test
  void sourceRung_isWhatTheSourceWasDeclaredAs() {
    Ladder ladder = whole().choose(false, video(1280, 720, null), new FrameRate(30, 1), AAC, 500);
    Rung rung =
        whole()
            .likeSource(
                ladder.rendition("source").orElseThrow(), ladder.rungs().get(0).frameRate());
    assertThat(List.of(rung.name(), rung.width(), rung.height(), rung.profile(), rung.levelIdc()))
        .containsExactly("source", 1280, 720, "baseline", 32);
  }

  @ParameterizedTest
  @CsvSource({"1280x720", "0x0@30", "1281x720@30", "1280x720@0", "big"})
  void canvasThatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> Canvas.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static LadderFactory whole() {
    return new LadderFactory(
        List.of("1080p", "720p", "480p", "240p"), 4, 30, "veryfast", Canvas.parse("1280x720@30"));
  }

  private static LadderFactory factory(int maxRungs) {
    return new LadderFactory(List.of("480p", "240p"), maxRungs, 30, "veryfast", Canvas.DEFAULT);
  }

  private static VideoFormat video(int width, int height, FrameRate declared) {
    return new VideoFormat(VideoCodec.H264, AVCC, width, height, 90_000, declared);
  }
}
