package io.rostrum.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rostrum.hls.MultivariantPlaylist.AudioRendition;
import io.rostrum.hls.MultivariantPlaylist.IframeVariant;
import io.rostrum.hls.MultivariantPlaylist.Variant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultivariantWriterTest {
  @Test
  void videoVariants_shareAnAudioGroup() {
    MultivariantPlaylist playlist =
        new MultivariantPlaylist(
            List.of(new AudioRendition("audio", "Audio", "und", 2, true, "audio.m3u8")),
            List.of(
                new Variant(
                    "source.m3u8",
                    4_200_000,
                    3_100_000,
                    "avc1.64001f,mp4a.40.2",
                    1280,
                    720,
                    29.97,
                    "audio"),
                new Variant(
                    "240p.m3u8", 400_000, 0, "avc1.42c015,mp4a.40.2", 426, 240, 0, "audio")),
            List.of(
                new IframeVariant(
                    "iframes-source.m3u8", 800_000, 600_000, "avc1.64001f", 1280, 720),
                new IframeVariant("iframes-240p.m3u8", 90_000, 0, "", 0, 0)));
    assertThat(MultivariantWriter.write(playlist))
        .isEqualTo(
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",LANGUAGE="und",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH=4200000,AVERAGE-BANDWIDTH=3100000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,CLOSED-CAPTIONS=NONE,AUDIO="audio"
            source.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=400000,CODECS="avc1.42c015,mp4a.40.2",RESOLUTION=426x240,CLOSED-CAPTIONS=NONE,AUDIO="audio"
            240p.m3u8
            #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=800000,AVERAGE-BANDWIDTH=600000,CODECS="avc1.64001f",RESOLUTION=1280x720,URI="iframes-source.m3u8"
            #EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=90000,URI="iframes-240p.m3u8"
            """);
  }

  @Test
  void audioGroupWithoutMembers_isRefused() {
    assertThatThrownBy(
            () ->
                new MultivariantPlaylist(
                    List.of(), List.of(new Variant("v.m3u8", 1, 0, "", 0, 0, 0, "audio"))))
        .hasMessageContaining("§4.4.6.2.1");
  }
}
