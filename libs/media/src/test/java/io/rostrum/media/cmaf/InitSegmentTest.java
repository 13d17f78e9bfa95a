package io.rostrum.media.cmaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.media.AudioFormat;
import io.rostrum.media.Fixtures;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.aac.AudioSpecificConfig;
import io.rostrum.media.opus.OpusHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitSegmentTest {

  static final byte[] PAL_AVCC =
      Fixtures.parseHex(
          "014d401effe10018674d401eeca05a09360820000003002000000641e2c5b2c001000568ebe3cb20");

  private static Track pal(int id) throws MalformedMediaException {
    return new Track(id, VideoFormat.ofAvc(PAL_AVCC, 90_000));
  }

  private static Track aac(int id) throws MalformedMediaException {
    return new Track(id, AudioFormat.ofAac(Fixtures.parseHex("1190")));
  }

  @Test
  void write_h264Track_isTheAnnotatedSegment() throws Exception {
    byte[] expected = Fixtures.hex("cmaf/init-avc-pal.hex");
    assertThat(InitSegment.write(List.of(pal(1)))).isEqualTo(expected);
    assertThat(InitSegment.read(expected)).containsExactly(pal(1));
  }

  @Test
  void write_aacTrack_isTheAnnotatedSegment() throws Exception {
    byte[] expected = Fixtures.hex("cmaf/init-aac.hex");
    assertThat(InitSegment.write(List.of(aac(2)))).isEqualTo(expected);
    assertThat(InitSegment.read(expected)).containsExactly(aac(2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.rostrum.media.avc.AvcConfigurations#all")
  void realConfiguration_writtenAndRead_comesBack(String name, byte[] avcC) throws Exception {
    Track track = new Track(1, VideoFormat.ofAvc(avcC, 90_000));
    assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1190", "178061A810", "119056E500", "2B118800", "138856E5A54880"})
  void aacConfiguration_writtenAndRead_comesBack(String asc) throws Exception {
    Track track = new Track(7, AudioFormat.ofAac(Fixtures.parseHex(asc)));
    assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 100, 105, 106, 107, 108, 109, 110, 111, 127, 128, 400, 1024})
  void aacConfigurationOfAnyLength_writtenAndRead_comesBack(int length) throws Exception {
    byte[] asc = Arrays.copyOf(AudioSpecificConfig.aacLc(48_000, 2), length);
    Track track = new Track(7, AudioFormat.ofAac(asc));
    assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
  }

  @Test
  void severalTracks_writtenAndRead_keepTheirOrder() throws Exception {
    Track opus =
        new Track(Integer.MAX_VALUE, AudioFormat.ofOpus(OpusHead.ofChannels(1).toByteArray()));
    List<Track> tracks = List.of(aac(5), pal(2), opus);
    assertThat(InitSegment.read(InitSegment.write(tracks))).isEqualTo(tracks);
  }

  @Test
  void otherCodecs_writtenAndRead_keepTheirConfiguration() throws Exception {
    byte[] vpcC = Fixtures.parseHex("00 0A 82 020202 0000");
    byte[] av1C = Fixtures.parseHex("81 00 0C 00 0A0B000000");
    byte[] hvcC = Fixtures.parseHex("01 01 60000000 900000000000 3C F000 FC FD F8 F8 0000 0F 00");
    for (Track track :
        List.of(
            new Track(1, new VideoFormat(VideoCodec.VP9, vpcC, 640, 360, 90_000, null)),
            new Track(1, new VideoFormat(VideoCodec.VP8, vpcC, 640, 360, 90_000, null)),
            new Track(1, new VideoFormat(VideoCodec.AV1, av1C, 640, 360, 90_000, null)),
            new Track(1, new VideoFormat(VideoCodec.HEVC, hvcC, 640, 360, 90_000, null)))) {
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  }

  @Test
  void write_h264WithColourAndAspect_hasTheBoxes_andWithoutHasNone() throws Exception {
    byte[] withBoth = Fixtures.parseHex(Fixtures.table("avc/avcC.csv").get(0).get(1));
    // primaries and transfer unspecified (2), matrix 1 (BT.709), limited range; square samples
    assertThat(hexOfInit(withBoth))
        .contains("00000013" + "636f6c72" + "6e636c78" + "000200020001" + "00")
        .contains("00000010" + "70617370" + "0000000100000001");

    assertThat(hexOfInit(PAL_AVCC)).doesNotContain("636f6c72").contains("70617370");

    byte[] unreadableSps = Fixtures.parseHex("0142c01fffe1000267 42 01 0004 68ce3c80");
    Track track =
        new Track(1, new VideoFormat(VideoCodec.H264, unreadableSps, 64, 64, 90_000, null));
    assertThat(HexFormat.of().formatHex(InitSegment.write(List.of(track))))
        .doesNotContain("636f6c72")
        .doesNotContain("70617370");
  }

  private static String hexOfInit(byte[] avcC) throws MalformedMediaException {
    Track track = new Track(1, VideoFormat.ofAvc(avcC, 90_000));
    return HexFormat.of().formatHex(InitSegment.write(List.of(track)));
  }

  @Test
  void write_sameTracksTwice_isTheSameBytes() throws Exception {
    assertThat(InitSegment.write(List.of(pal(1), aac(2))))
        .isEqualTo(InitSegment.write(List.of(pal(1), aac(2))));
  }

  @Test
  void write_tracksThatCannotBe_isRefused() throws Exception {
    assertThatIllegalArgumentException().isThrownBy(() -> InitSegment.write(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> InitSegment.write(List.of(pal(1), aac(1))))
        .withMessageContaining("same id");
    List<Track> many = new ArrayList<>();
    for (int id = 1; id <= InitSegment.MAX_TRACKS + 1; id++) {
      many.add(aac(id));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> InitSegment.write(many));
  }

  @Test
  void read_withoutMoov_saysSo() {
    assertThatThrownBy(() -> InitSegment.read(Fixtures.hex("cmaf/fragment-constant.hex")))
        .isInstanceOf(MalformedMediaException.class)
        .hasMessageContaining("holds no box 'moov'");
  }

  @Test
  void read_fileThatGoesOn_readsItsTracks() throws Exception {
    byte[] init = InitSegment.write(List.of(aac(2)));
    byte[] fragment = Fixtures.hex("cmaf/fragment-constant.hex");
    byte[] file = Arrays.copyOf(init, init.length + fragment.length);
    System.arraycopy(fragment, 0, file, init.length, fragment.length);

    assertThat(InitSegment.read(file)).containsExactly(aac(2));
    assertThat(Fragment.readAll(file)).hasSize(1);
  }

  @Test
  void readDefaults_ofOwnSegments_areAllZero() throws Exception {
    assertThat(InitSegment.readDefaults(InitSegment.write(List.of(pal(1), aac(2)))))
        .containsEntry(1, new SampleDefaults(0, 0, 0))
        .containsEntry(2, new SampleDefaults(0, 0, 0))
        .hasSize(2);
  }
}
