package io.rostrum.media.cmaf;

import io.rostrum.media.Track;
import io.rostrum.media.TrackFormat;
import io.rostrum.media.VideoFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes {@code ftyp} and {@code moov}: ISO/IEC 14496-12:2022 §4.3 and §8, with the constraints of
 * ISO/IEC 23000-19:2024 §7.3 and of HLS.
 */
final class InitSegmentWriter {

  /** Timescale of durations in mvhd and tkhd, which are all zero. */
  private static final int MOVIE_TIMESCALE = 1000;

  /** "und", three letters of five bits: §8.4.2.3. */
  private static final int LANGUAGE_UNDETERMINED = 0x55C4;

  private final BoxWriter out = new BoxWriter(2048);

  private InitSegmentWriter() {}

  static byte[] write(List<Track> tracks) {
    InitSegmentWriter writer = new InitSegmentWriter();
    writer.fileType(tracks.size() == 1);
    writer.movie(tracks);
    return writer.out.toByteArray();
  }

  /**
   * HLS (draft-pantos-hls-rfc8216bis-22 §3.1.2) wants iso6 or later; the CMAF brands hold for
   * single tracks only.
   */
  private void fileType(boolean singleTrack) {
    int box = out.begin(FourCc.FTYP);
    out.u32(FourCc.of("iso6")).u32(0);
    out.u32(FourCc.of("iso6"));
    if (singleTrack) {
      // cmf2: signed composition offsets, no edit lists, defaults in the fragments.
      out.u32(FourCc.of("cmfc")).u32(FourCc.of("cmf2"));
    }
    out.u32(FourCc.of("mp41"));
    out.end(box);
  }

  private void movie(List<Track> tracks) {
    int moov = out.begin(FourCc.MOOV);
    int mvhd = out.beginFull(FourCc.MVHD, 0, 0);
    out.zeros(8).u32(MOVIE_TIMESCALE).u32(0);
    out.u32(0x1_0000).u16(0x100).zeros(10).unityMatrix().zeros(24);
    out.u32(nextTrackId(tracks));
    out.end(mvhd);
    for (Track track : tracks) {
      track(track);
    }
    int mvex = out.begin(FourCc.MVEX);
    for (Track track : tracks) {
      int trex = out.beginFull(FourCc.TREX, 0, 0);
      // Description 1; no other defaults, since every fragment brings its own.
      out.u32(track.id()).u32(1).zeros(12);
      out.end(trex);
    }
    out.end(mvex);
    out.end(moov);
  }

  private static int nextTrackId(List<Track> tracks) {
    int highest = tracks.stream().mapToInt(Track::id).max().orElseThrow();
    // §8.2.2.3: all ones tells a reader to search for a free id.
    return highest == Integer.MAX_VALUE ? -1 : highest + 1;
  }

  private void track(Track track) {
    TrackFormat format = track.format();
    int trak = out.begin(FourCc.TRAK);
    trackHeader(track);
    int mdia = out.begin(FourCc.MDIA);
    int mdhd = out.beginFull(FourCc.MDHD, 0, 0);
    out.zeros(8).u32(format.timescale()).u32(0).u16(LANGUAGE_UNDETERMINED).u16(0);
    out.end(mdhd);
    boolean video = format instanceof VideoFormat;
    handler(video);
    int minf = out.begin(FourCc.MINF);
    if (video) {
      int vmhd = out.beginFull(FourCc.VMHD, 0, 1);
      out.zeros(8);
      out.end(vmhd);
    } else {
      int smhd = out.beginFull(FourCc.SMHD, 0, 0);
      out.zeros(4);
      out.end(smhd);
    }
    dataInformation();
    sampleTable(format);
    out.end(minf);
    out.end(mdia);
    out.end(trak);
  }

  private void trackHeader(Track track) {
    int tkhd = out.beginFull(FourCc.TKHD, 0, 7); // enabled, in movie, in preview
    out.zeros(8).u32(track.id()).zeros(4).u32(0).zeros(8).u16(0);
    if (track.format() instanceof VideoFormat video) {
      out.u16(0).u16(0).u16(0).unityMatrix();
      // §8.3.2.3: the size to present at, in 16.16 fixed point; samples need not be square.
      VideoPresentation presentation = VideoPresentation.of(video);
      out.u32(presentation.displayWidth(video.width()) << 16).u32(video.height() << 16);
    } else {
      out.u16(1).u16(0x100).u16(0).unityMatrix().zeros(8); // alternate group 1, full volume
    }
    out.end(tkhd);
  }

  private void handler(boolean video) {
    int hdlr = out.beginFull(FourCc.HDLR, 0, 0);
    out.zeros(4).u32(video ? FourCc.VIDE : FourCc.SOUN).zeros(12);
    String name = video ? "VideoHandler" : "SoundHandler";
    out.bytes(name.getBytes(StandardCharsets.US_ASCII)).u8(0);
    out.end(hdlr);
  }

  /** Media is in the same file: §8.7.2, url with flag 1. */
  private void dataInformation() {
    int dinf = out.begin(FourCc.DINF);
    int dref = out.beginFull(FourCc.DREF, 0, 0);
    out.u32(1);
    out.end(out.beginFull(FourCc.URL, 0, 1));
    out.end(dref);
    out.end(dinf);
  }

  private void sampleTable(TrackFormat format) {
    int stbl = out.begin(FourCc.STBL);
    int stsd = out.beginFull(FourCc.STSD, 0, 0);
    out.u32(1);
    SampleEntryWriter.write(out, format);
    out.end(stsd);
    emptyTable(FourCc.STTS, 4);
    emptyTable(FourCc.STSC, 4);
    emptyTable(FourCc.STSZ, 8);
    emptyTable(FourCc.STCO, 4);
    out.end(stbl);
  }

  private void emptyTable(int type, int length) {
    int table = out.beginFull(type, 0, 0);
    out.zeros(length);
    out.end(table);
  }
}
