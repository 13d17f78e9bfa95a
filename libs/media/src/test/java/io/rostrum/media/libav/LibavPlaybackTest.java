package io.rostrum.media.libav;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.AudioCodec;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.FrameRate;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoCodec;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.avc.NalUnit;
import io.rostrum.media.avc.NalUnits;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.InitSegment;
import io.rostrum.media.vpx.VpxKeyFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * libav judges: clips that it encoded and muxed are read here, written anew, and played by it
 * again. Every decoded frame must have the same hash and the same time.
 */
class LibavPlaybackTest {

  private static final String PICTURE = "testsrc2=size=322x182:rate=30000/1001:duration=4";
  private static final String TONE = "sine=frequency=440:sample_rate=48000:duration=4";
  private static final String FRAGMENTED = "+frag_keyframe+empty_moov+default_base_moof";

  @TempDir Path folder;
  private Ffmpeg ffmpeg;

  @BeforeEach
  void findTools() {
    ffmpeg = Ffmpeg.inFolder(folder);
  }

  @Test
  void h264WithReorderedFrames_rewrittenInSmallFragments_playsWithTheSameFramesAndTimes()
      throws Exception {
    encode("in.mp4", "libx264", "-bf", "3", "-x264-params", "b-pyramid=normal:keyint=48");
    List<Track> tracks = InitSegment.read(bytes("in.mp4"));
    VideoFormat video = (VideoFormat) tracks.get(0).format();
    assertThat(video.codec()).isEqualTo(VideoCodec.H264);
    assertThat(video.width()).isEqualTo(322);
    assertThat(video.height()).isEqualTo(182);
    assertThat(video.frameRate()).isEqualTo(new FrameRate(30_000, 1001));
    List<AccessUnit> samples = startingAtPresentationTime(samplesOf("in.mp4", 1));
    assertThat(samples).hasSize(120);
    assertThat(samples.get(0).compositionOffsetTicks()).isZero();
    assertThat(samples).anyMatch(sample -> sample.compositionOffsetTicks() < 0);

    for (int samplesPerFragment : new int[] {1, 3, 15, 120}) {
      write("out.mp4", tracks.get(0), samples, samplesPerFragment);

      assertThat(ffmpeg.complaintsOf("-i", "out.mp4", "-f", "null", "-")).isEmpty();
      assertThat(hashes("out.mp4", "0:v:0")).isEqualTo(hashes("in.mp4", "0:v:0")).hasSize(120);
      assertThat(presentationTimes("out.mp4", "v:0"))
          .isEqualTo(presentationTimesAsLibavSeesThem(samples));
    }
  }

  @Test
  void aac_rewrittenInFragmentsOfOneFrame_playsWithTheSameSamples() throws Exception {
    encode("in.mp4", "libx264");
    Track audio = InitSegment.read(bytes("in.mp4")).get(1);
    AudioFormat format = (AudioFormat) audio.format();
    assertThat(format.codec()).isEqualTo(AudioCodec.AAC);
    assertThat(format.sampleRate()).isEqualTo(48_000);
    assertThat(format.samplesPerFrame()).isEqualTo(1024);
    List<AccessUnit> samples = samplesOf("in.mp4", audio.id());

    write("out.mp4", audio, samples, 1);

    assertThat(ffmpeg.complaintsOf("-i", "out.mp4", "-f", "null", "-")).isEmpty();
    assertThat(hashes("out.mp4", "0:a:0")).isEqualTo(hashes("in.mp4", "0:a:0")).isNotEmpty();
  }

  @Test
  void bothTracks_inOneFile_playTogether() throws Exception {
    encode("in.mp4", "libx264", "-bf", "2");
    List<Track> tracks = InitSegment.read(bytes("in.mp4"));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(InitSegment.write(tracks));
    List<AccessUnit> video = startingAtPresentationTime(samplesOf("in.mp4", 1));
    List<AccessUnit> audio = samplesOf("in.mp4", 2);
    int audioPerPart = 24;
    int sequenceNumber = 1;
    for (int part = 0; part < 8; part++) {
      file.writeBytes(
          new Fragment(sequenceNumber++, 1, video.subList(15 * part, 15 * part + 15)).write());
      int from = Math.min(audio.size(), audioPerPart * part);
      int to = Math.min(audio.size(), from + audioPerPart);
      if (to > from) {
        file.writeBytes(new Fragment(sequenceNumber++, 2, audio.subList(from, to)).write());
      }
    }
    Files.write(folder.resolve("out.mp4"), file.toByteArray());

    assertThat(ffmpeg.complaintsOf("-i", "out.mp4", "-f", "null", "-")).isEmpty();
    assertThat(hashes("out.mp4", "0:v:0")).isEqualTo(hashes("in.mp4", "0:v:0"));
    assertThat(hashes("out.mp4", "0:a:0"))
        .isEqualTo(hashes("in.mp4", "0:a:0").subList(0, Math.min(192, audio.size())));
    assertThat(InitSegment.read(file.toByteArray())).isEqualTo(tracks);
  }

  @ParameterizedTest
  @CsvSource({
    "libx264, H264, avc1.64000D",
    "libx265, HEVC, hvc1.1.6.L60.90",
    "libsvtav1, AV1, av01.0.00M.08",
    "libvpx-vp9, VP9, vp09.00.",
  })
  void everyVideoCodec_rewritten_playsWithTheSameFrames(
      String encoder, VideoCodec codec, String rfc6381) throws Exception {
    encode("in.mp4", encoder, codec == VideoCodec.HEVC ? "-tag:v" : "-g", tag(codec));
    Track track = InitSegment.read(bytes("in.mp4")).get(0);
    assertThat(((VideoFormat) track.format()).codec()).isEqualTo(codec);
    assertThat(track.format().rfc6381()).startsWith(rfc6381);
    List<AccessUnit> samples = startingAtPresentationTime(samplesOf("in.mp4", 1));
    assertThat(formatByItsOwnHeaders(track.format().decoderConfig(), samples.get(0), codec))
        .extracting(VideoFormat::width, VideoFormat::height, VideoFormat::rfc6381)
        .containsExactly(322, 182, track.format().rfc6381());

    write("out.mp4", track, samples, 7);

    assertThat(ffmpeg.complaintsOf("-i", "out.mp4", "-f", "null", "-")).isEmpty();
    assertThat(hashes("out.mp4", "0:v:0")).isEqualTo(hashes("in.mp4", "0:v:0")).hasSize(120);
    assertThat(InitSegment.read(bytes("out.mp4"))).containsExactly(track);
  }

  @Test
  void opus_rewritten_playsWithTheSameSamples() throws Exception {
    ffmpeg.run(
        "-f",
        "lavfi",
        "-i",
        TONE,
        "-c:a",
        "libopus",
        "-movflags",
        FRAGMENTED,
        "-use_editlist",
        "0",
        "in.mp4");
    Track track = InitSegment.read(bytes("in.mp4")).get(0);
    assertThat(((AudioFormat) track.format()).codec()).isEqualTo(AudioCodec.OPUS);
    List<AccessUnit> samples = samplesOf("in.mp4", 1);

    write("out.mp4", track, samples, 25);

    assertThat(ffmpeg.complaintsOf("-i", "out.mp4", "-f", "null", "-")).isEmpty();
    assertThat(hashes("out.mp4", "0:a:0")).isEqualTo(hashes("in.mp4", "0:a:0")).isNotEmpty();
    assertThat(InitSegment.read(bytes("out.mp4"))).containsExactly(track);
  }

  @Test
  void h264NalUnits_inAnnexB_areThoseOfTheSamples() throws Exception {
    encode("in.mp4", "libx264", "-slices", "3");
    ffmpeg.run("-i", "in.mp4", "-map", "0:v:0", "-c", "copy", "-f", "h264", "in.h264");
    List<NalUnit> fromSamples = new ArrayList<>();
    for (AccessUnit sample : samplesOf("in.mp4", 1)) {
      fromSamples.addAll(NalUnits.lengthPrefixed(sample.data(), 4));
    }

    List<NalUnit> fromAnnexB = NalUnits.annexB(bytes("in.h264"));

    assertThat(fromAnnexB)
        .filteredOn(unit -> unit.type() != NalUnit.TYPE_SPS && unit.type() != NalUnit.TYPE_PPS)
        .isEqualTo(fromSamples)
        .hasSizeGreaterThan(360);
  }

  private static VideoFormat formatByItsOwnHeaders(
      byte[] config, AccessUnit first, VideoCodec codec) throws MalformedMediaException {
    return switch (codec) {
      case H264 -> VideoFormat.ofAvc(config, 90_000);
      case HEVC -> VideoFormat.ofHevc(config, 90_000);
      case AV1 -> VideoFormat.ofAv1(config, 90_000);
      case VP8 -> VpxKeyFrame.parseVp8(first.data()).toFormat(90_000);
      case VP9 -> VpxKeyFrame.parseVp9(first.data()).toFormat(90_000);
    };
  }

  private static String tag(VideoCodec codec) {
    return codec == VideoCodec.HEVC ? "hvc1" : "60";
  }

  private void encode(String name, String encoder, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-f", "lavfi", "-i", PICTURE, "-f", "lavfi", "-i", TONE));
    arguments.addAll(List.of("-c:v", encoder, "-pix_fmt", "yuv420p", "-threads", "1"));
    arguments.addAll(quickest(encoder));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-c:a", "aac", "-use_editlist", "0", "-movflags", FRAGMENTED, name));
    ffmpeg.run(arguments.toArray(String[]::new));
  }

  private static List<String> quickest(String encoder) {
    return switch (encoder) {
      case "libsvtav1" -> List.of("-preset", "12", "-svtav1-params", "log-level=0");
      case "libvpx-vp9" -> List.of("-deadline", "realtime", "-cpu-used", "8");
      case "libx265" -> List.of("-preset", "ultrafast", "-x265-params", "log-level=error");
      default -> List.of("-preset", "veryfast");
    };
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  private List<AccessUnit> samplesOf(String name, int trackId)
      throws IOException, MalformedMediaException {
    byte[] file = bytes(name);
    return Fragment.readAll(file, InitSegment.readDefaults(file)).stream()
        .filter(fragment -> fragment.trackId() == trackId)
        .flatMap(fragment -> fragment.samples().stream())
        .collect(Collectors.toList());
  }

  private static List<AccessUnit> startingAtPresentationTime(List<AccessUnit> samples) {
    int delay = samples.get(0).compositionOffsetTicks();
    return samples.stream()
        .map(sample -> sample.decodedLaterBy(delay))
        .collect(Collectors.toList());
  }

  private void write(String name, Track track, List<AccessUnit> samples, int samplesPerFragment)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(InitSegment.write(List.of(track)));
    int sequenceNumber = 1;
    for (int from = 0; from < samples.size(); from += samplesPerFragment) {
      int to = Math.min(samples.size(), from + samplesPerFragment);
      file.writeBytes(
          new Fragment(sequenceNumber++, track.id(), samples.subList(from, to)).write());
    }
    Files.write(folder.resolve(name), file.toByteArray());
  }

  /** Hash of each decoded frame, in output order. */
  private List<String> hashes(String name, String stream) {
    return ffmpeg
        .run("-i", name, "-map", stream, "-fps_mode", "passthrough", "-f", "framemd5", "-")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
        .collect(Collectors.toList());
  }

  /**
   * libav adds the largest negative offset it has met to every time of a fragmented file with
   * signed offsets, also of its own making ({@code -movflags cmaf}); readers that follow the
   * standard do not.
   */
  private static List<Long> presentationTimesAsLibavSeesThem(List<AccessUnit> samples) {
    int shift = -samples.stream().mapToInt(AccessUnit::compositionOffsetTicks).min().orElseThrow();
    return samples.stream()
        .map(sample -> sample.presentationTimeTicks() + shift)
        .sorted()
        .collect(Collectors.toList());
  }

  private List<Long> presentationTimes(String name, String stream) {
    return ffmpeg
        .probe("-select_streams", stream, "-show_entries", "packet=pts", "-of", "csv=p=0", name)
        .lines()
        .map(line -> Long.parseLong(line.replace(",", "").strip()))
        .sorted()
        .collect(Collectors.toList());
  }
}
