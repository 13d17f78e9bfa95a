package io.rostrum.media.cmaf;

import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.TrackFormat;
import io.rostrum.media.cmaf.BoxReader.Box;
import io.rostrum.media.cmaf.BoxReader.FullHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code moov}: ISO/IEC 14496-12:2022 §8. Depth is fixed by the code: no box nests freely.
 */
final class InitSegmentReader {

  private InitSegmentReader() {}

  static List<Track> readTracks(byte[] init) throws MalformedMediaException {
    BoxReader moov = movie(init);
    List<Track> tracks = new ArrayList<>(2);
    Set<Integer> ids = new HashSet<>();
    BoxReader trak;
    int seen = 0;
    while ((trak = moov.find(FourCc.TRAK)) != null) {
      if (++seen > InitSegment.MAX_TRACKS) {
        throw MalformedMediaException.limit(
            BoxReader.FORMAT, "more than " + InitSegment.MAX_TRACKS + " tracks", trak.position());
      }
      Track track = track(trak);
      if (track != null) {
        if (!ids.add(track.id())) {
          throw trak.malformed("two tracks have the id " + track.id());
        }
        tracks.add(track);
      }
    }
    if (tracks.isEmpty()) {
      throw moov.malformed("holds neither a video nor an audio track");
    }
    return List.copyOf(tracks);
  }

  static Map<Integer, SampleDefaults> readDefaults(byte[] init) throws MalformedMediaException {
    BoxReader mvex = movie(init).find(FourCc.MVEX);
    Map<Integer, SampleDefaults> defaults = new HashMap<>();
    if (mvex == null) {
      return defaults;
    }
    BoxReader trex;
    while ((trex = mvex.find(FourCc.TREX)) != null) {
      if (defaults.size() == InitSegment.MAX_TRACKS) {
        throw MalformedMediaException.limit(
            BoxReader.FORMAT, "more than " + InitSegment.MAX_TRACKS + " trex", trex.position());
      }
      trex.fullHeader();
      int trackId = trackId(trex);
      trex.skip(4); // default_sample_description_index
      int duration = nonNegative(trex, "default_sample_duration");
      int size = nonNegative(trex, "default_sample_size");
      defaults.put(trackId, new SampleDefaults(duration, size, trex.i32()));
    }
    return Map.copyOf(defaults);
  }

  static int trackId(BoxReader box) throws MalformedMediaException {
    int id = nonNegative(box, "track_ID");
    if (id == 0) {
      throw box.malformed("track_ID 0");
    }
    return id;
  }

  /** A 32-bit field whose use in an int is fine for anything real. */
  static int nonNegative(BoxReader box, String name) throws MalformedMediaException {
    long value = box.u32();
    if (value > Integer.MAX_VALUE) {
      throw MalformedMediaException.limit(
          BoxReader.FORMAT, name + " " + value + " is beyond 31 bits", box.position() - 4);
    }
    return (int) value;
  }

  private static BoxReader movie(byte[] init) throws MalformedMediaException {
    BoxReader file = new BoxReader(init);
    while (file.hasMore()) {
      Box box = file.nextBox();
      if (box.type() == FourCc.MOOV) {
        if (box.body().remaining() > InitSegment.MAX_LENGTH_BYTES) {
          throw MalformedMediaException.limit(
              BoxReader.FORMAT,
              "moov of more than " + InitSegment.MAX_LENGTH_BYTES + " bytes",
              box.start());
        }
        return box.body();
      }
    }
    throw MalformedMediaException.malformed(BoxReader.FORMAT, "holds no box 'moov'", 0);
  }

  /** {@code null} for a track that is neither video nor audio. */
  private static Track track(BoxReader trak) throws MalformedMediaException {
    BoxReader tkhd = trak.child(FourCc.TKHD);
    tkhd.skip(timesLength(tkhd.fullHeader()));
    int id = trackId(tkhd);
    BoxReader mdia = trak.child(FourCc.MDIA);
    BoxReader hdlr = mdia.child(FourCc.HDLR);
    hdlr.skip(8);
    int handler = hdlr.i32();
    if (handler != FourCc.VIDE && handler != FourCc.SOUN) {
      return null;
    }
    BoxReader mdhd = mdia.child(FourCc.MDHD);
    mdhd.skip(timesLength(mdhd.fullHeader()));
    int timescale = nonNegative(mdhd, "timescale");
    if (timescale == 0) {
      throw mdhd.malformed("timescale 0");
    }
    BoxReader stsd = mdia.child(FourCc.MINF).child(FourCc.STBL).child(FourCc.STSD);
    stsd.fullHeader();
    long entries = stsd.u32();
    if (entries != 1) {
      throw MalformedMediaException.unsupported(
          BoxReader.FORMAT, entries + " sample entries in a track", stsd.position() - 4);
    }
    TrackFormat format = SampleEntryReader.read(stsd.nextBox(), handler == FourCc.VIDE, timescale);
    return new Track(id, format);
  }

  /** Length of creation and modification time, which version 1 has in 64 bits. */
  private static int timesLength(FullHeader header) {
    return header.version() == 1 ? 16 : 8;
  }
}
