package io.rostrum.media.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.rostrum.media.AudioFormat;
import io.rostrum.media.Fixtures;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.aac.AdtsHeader;
import io.rostrum.media.ac3.Ac3Frame;
import io.rostrum.media.av1.Av1DecoderConfig;
import io.rostrum.media.av1.Av1TemporalUnit;
import io.rostrum.media.avc.AvcAccessUnit;
import io.rostrum.media.avc.AvcDecoderConfig;
import io.rostrum.media.avc.NalUnit;
import io.rostrum.media.avc.NalUnits;
import io.rostrum.media.avc.SequenceParameterSet;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.InitSegment;
import io.rostrum.media.flac.FlacFrame;
import io.rostrum.media.hevc.HevcAccessUnit;
import io.rostrum.media.hevc.HevcDecoderConfig;
import io.rostrum.media.opus.OpusHead;
import io.rostrum.media.opus.OpusPacket;
import io.rostrum.media.vpx.VpxKeyFrame;
import java.util.List;

/**
 * The formats that are read, each with valid bytes to mutate and a reader that also writes again
 * whatever it could read.
 */
enum Format {
  AVCC("avcC") {
    @Override
    List<byte[]> seeds() {
      return Fixtures.table("avc/avcC.csv").stream()
          .map(row -> Fixtures.parseHex(row.get(1)))
          .toList();
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      AvcDecoderConfig config = AvcDecoderConfig.parse(bytes);
      assertThat(AvcDecoderConfig.parse(config.toByteArray())).isEqualTo(config);
      VideoFormat format = VideoFormat.ofAvc(bytes, 90_000);
      assertThat(format.rfc6381()).startsWith("avc1.");
      Track track = new Track(1, format);
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  },
  SPS("sps") {
    @Override
    List<byte[]> seeds() {
      return AVCC.seeds().stream().map(Format::spsOf).toList();
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      SequenceParameterSet sps = SequenceParameterSet.parse(bytes);
      assertThat(sps.width()).isBetween(1, 16_896);
      assertThat(sps.height()).isBetween(1, 16_896);
      assertThat(sps.maxReorderFrames()).isBetween(0, 16);
      sps.frameRate().ifPresent(rate -> assertThat(rate.framesPerSecond()).isBetween(1.0, 300.0));
    }
  },
  HVCC("hvcC") {
    @Override
    List<byte[]> seeds() {
      return configsOf("HEVC");
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      HevcDecoderConfig config = HevcDecoderConfig.parse(bytes);
      assertThat(HevcDecoderConfig.parse(config.toByteArray())).isEqualTo(config);
      Track track = new Track(1, VideoFormat.ofHevc(bytes, 90_000));
      assertThat(track.format().rfc6381()).startsWith("hvc1.");
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  },
  AV1C("av1C") {
    @Override
    List<byte[]> seeds() {
      return configsOf("AV1");
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      Track track = new Track(1, VideoFormat.ofAv1(bytes, 90_000));
      assertThat(track.format().rfc6381()).startsWith("av01.");
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  },
  VP8("vp8") {
    @Override
    List<byte[]> seeds() {
      return List.of(Fixtures.parseHex("f06700 9d012a 4201 b600 0007"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      Track track = new Track(1, VpxKeyFrame.parseVp8(bytes).toFormat(90_000));
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  },
  VP9("vp9") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex("824983420014100b560638241c184a00"),
          Fixtures.parseHex("a2498342080282016ac0c7048383094001"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      Track track = new Track(1, VpxKeyFrame.parseVp9(bytes).toFormat(90_000));
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  },
  ASC("asc") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex("1190"),
          Fixtures.parseHex("178061A810"),
          Fixtures.parseHex("2B118800"),
          Fixtures.parseHex("138856E5A54880"),
          // program config element: one front channel, comment "ok"
          Fixtures.parseHex("1180 04C4000000 02 6F6B"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      AudioFormat format = AudioFormat.ofAac(bytes);
      assertThat(format.rfc6381()).startsWith("mp4a.40.");
      assertThat(format.samplesPerFrame()).isBetween(480, 2048);
      assertThat(format.channels()).isBetween(1, 128);
      Track track = new Track(1, format);
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  },
  ADTS("adts") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex("FFF14C802FFFFC21"), Fixtures.parseHex("FFF84C802FFFFC2100"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      AdtsHeader header = AdtsHeader.parse(bytes, 0);
      assertThat(header.frameLength()).isBetween(header.headerLength(), 8191);
      AudioFormat.ofAac(header.toAudioSpecificConfig());
    }
  },
  OPUS("opus") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex("4F707573486561640102380180BB0000000000"),
          Fixtures.parseHex("4F707573486561640106380180BB0000000001 0402 000401020305"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      OpusHead head = OpusHead.parse(bytes);
      assertThat(OpusHead.parse(head.toByteArray())).isEqualTo(head);
      assertThat(OpusHead.parseSpecificBox(head.toSpecificBox())).isEqualTo(head);
      assertThat(OpusPacket.durationSamples(bytes)).isBetween(120, 5760);
    }
  },
  NAL("nal") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex(
              "0000000209F0 00000002 6742 00000002 68EE 00000003 658888 000000020C80"),
          Fixtures.parseHex(
              "0000000109F0 000001 6742 000001 68EE 0000000001 658888 0000 000001 41"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      AvcAccessUnit unit = AvcAccessUnit.parse(bytes, 4);
      if (!unit.units().isEmpty()) {
        assertThat(NalUnits.lengthPrefixed(unit.toSample().toByteArray(), 4))
            .isEqualTo(unit.units());
      }
    }
  },
  HEVC_UNIT("hevcUnit") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex("00000003460150 00000003400101 00000004 26018888 0000000402018888"),
          Fixtures.parseHex("0000000146 0150 000001 400101 000001 26018888"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      HevcAccessUnit unit = HevcAccessUnit.parse(bytes, 0, bytes.length, 4);
      if (!unit.units().isEmpty()) {
        byte[] sample = unit.toSample().toByteArray();
        assertThat(HevcAccessUnit.parse(sample, 0, sample.length, 4).units())
            .isEqualTo(unit.units());
      }
    }
  },
  HEVC_SETS("hevcSets") {
    @Override
    List<byte[]> seeds() {
      return HVCC.seeds().stream().map(Format::setsOf).toList();
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      HevcAccessUnit unit = HevcAccessUnit.parse(bytes, 0, bytes.length, 4);
      var config = HevcDecoderConfig.ofParameterSets(unit.parameterSets());
      if (config.isPresent()) {
        HVCC.readAndWrite(config.get().toByteArray());
      }
    }
  },
  AV1_UNIT("av1Unit") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex("1200 0A0A0000000337FBE257C802 3203121000"),
          Fixtures.parseHex("0A0A0000000337FBE257C802 30121000"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      Av1TemporalUnit unit = Av1TemporalUnit.parse(bytes, 0, bytes.length);
      byte[] sample = unit.toSample();
      Av1TemporalUnit again = Av1TemporalUnit.parse(sample, 0, sample.length);
      assertThat(again.toSample()).isEqualTo(sample);
      assertThat(again.keyFrame()).isEqualTo(unit.keyFrame());
      if (unit.sequenceHeader() != null) {
        byte[] record = Av1DecoderConfig.ofSequenceHeader(unit.sequenceHeader()).record();
        assertThat(Av1DecoderConfig.parse(record).sequenceHeader())
            .isEqualTo(unit.sequenceHeader());
      }
    }
  },
  AC3("ac3") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex("0b77fe95144043e106f46370"),
          // Enhanced: a frame of 16 bytes
          Fixtures.parseHex("0b770007 7f87c00020fc2108 00000000"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      Ac3Frame frame = Ac3Frame.parse(bytes, 0, bytes.length);
      assertThat(frame.samples()).isBetween(256, 1 << 20);
      Track track = new Track(1, AudioFormat.ofAc3(frame.codec(), frame.toDecoderConfig()));
      assertThat(track.format().rfc6381()).isIn("ac-3", "ec-3");
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  },
  FLAC("flac") {
    @Override
    List<byte[]> seeds() {
      String block = "80000022120012000004640005070ac442f0000033ae409d6276227e89775de3df45e1070598";
      return List.of(
          Fixtures.parseHex(block),
          Fixtures.parseHex("664c6143" + block + "8400002c0c000000"),
          Fixtures.parseHex(block.substring(8)));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      AudioFormat format = AudioFormat.ofFlac(bytes);
      assertThat(format.samplesPerFrame()).isBetween(1, 65_535);
      Track track = new Track(1, format);
      assertThat(InitSegment.read(InitSegment.write(List.of(track)))).containsExactly(track);
    }
  },
  FLAC_FRAME("flacFrame") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.parseHex("fff85988008a4e000000b5"), Fixtures.parseHex("fff87988c2800fff00"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      assertThat(FlacFrame.durationSamples(bytes, 0, bytes.length)).isBetween(1, 65_536);
    }
  },
  INIT("init") {
    @Override
    List<byte[]> seeds() {
      return List.of(Fixtures.hex("cmaf/init-avc-pal.hex"), Fixtures.hex("cmaf/init-aac.hex"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      InitSegment.readDefaults(bytes);
      List<Track> tracks = InitSegment.read(bytes);
      assertThat(InitSegment.read(InitSegment.write(tracks))).isEqualTo(tracks);
    }
  },
  FRAGMENT("fragment") {
    @Override
    List<byte[]> seeds() {
      return List.of(
          Fixtures.hex("cmaf/fragment-reordered.hex"), Fixtures.hex("cmaf/fragment-constant.hex"));
    }

    @Override
    void readAndWrite(byte[] bytes) throws MalformedMediaException {
      for (Fragment fragment : Fragment.readAll(bytes)) {
        assertThat(Fragment.readAll(fragment.write())).containsExactly(fragment);
      }
    }
  };

  /** Name of the folder of its malformed inputs. */
  final String folder;

  Format(String folder) {
    this.folder = folder;
  }

  /** Valid inputs. */
  abstract List<byte[]> seeds();

  /** Reads, and proves that what was read can be written and read again. */
  abstract void readAndWrite(byte[] bytes) throws MalformedMediaException;

  private static List<byte[]> configsOf(String codec) {
    return Fixtures.table("configs.csv").stream()
        .filter(row -> row.get(1).equals(codec))
        .map(row -> Fixtures.parseHex(row.get(2)))
        .toList();
  }

  private static byte[] setsOf(byte[] hvcC) {
    try {
      List<NalUnit> sets =
          HevcDecoderConfig.parse(hvcC).parameterSets().stream()
              .map(set -> new NalUnit(set.nalUnit(), 0, set.nalUnit().length))
              .toList();
      return NalUnits.toLengthPrefixed(sets);
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] spsOf(byte[] avcC) {
    try {
      return AvcDecoderConfig.parse(avcC).sequenceParameterSets().get(0);
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
  }
}
