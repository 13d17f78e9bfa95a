package io.rostrum.media.cmaf;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.cmaf.BoxReader.Box;
import io.rostrum.media.cmaf.BoxReader.FullHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code moof} and {@code mdat}: ISO/IEC 14496-12:2022 §8.8. Memory is bounded by the input:
 * every sample has at least one byte, lies within an {@code mdat}, and all samples together are not
 * larger than the {@code mdat}s, so that runs cannot point at the same bytes again and again.
 */
final class FragmentReader {

  /** Base decode times beyond this are nonsense, and leave room for any sum of durations. */
  private static final long MAX_DECODE_TIME_TICKS = 1L << 62;

  private final byte[] boxes;
  private final Map<Integer, SampleDefaults> initDefaults;
  private final MediaRanges media = new MediaRanges();
  private final List<Fragment> fragments = new ArrayList<>();

  FragmentReader(byte[] boxes, Map<Integer, SampleDefaults> initDefaults) {
    this.boxes = boxes;
    this.initDefaults = initDefaults;
  }

  List<Fragment> readAll() throws MalformedMediaException {
    List<Box> moofs = new ArrayList<>();
    BoxReader file = new BoxReader(boxes);
    while (file.hasMore()) {
      Box box = file.nextBox();
      if (box.type() == FourCc.MOOF) {
        moofs.add(box);
      } else if (box.type() == FourCc.MDAT) {
        media.add(box.body().position(), box.body().limit());
      }
    }
    for (Box moof : moofs) {
      fragment(moof);
    }
    return List.copyOf(fragments);
  }

  private void fragment(Box moof) throws MalformedMediaException {
    BoxReader body = moof.body();
    BoxReader mfhd = body.child(FourCc.MFHD);
    mfhd.fullHeader();
    int sequenceNumber = mfhd.i32();
    // §8.8.7.1: without any flag the first track fragment counts from the moof, each other from the
    // end of the one before.
    long base = moof.start();
    BoxReader traf;
    while ((traf = body.find(FourCc.TRAF)) != null) {
      base = trackFragment(traf, sequenceNumber, moof.start(), base);
    }
  }

  /** Returns where the data of this track fragment ends. */
  private long trackFragment(BoxReader traf, int sequenceNumber, int moofStart, long previousEnd)
      throws MalformedMediaException {
    BoxReader tfhd = traf.child(FourCc.TFHD);
    FullHeader header = tfhd.fullHeader();
    int trackId = InitSegmentReader.trackId(tfhd);
    long base = previousEnd;
    if (header.has(TrackRunFlags.TFHD_BASE_DATA_OFFSET)) {
      base = tfhd.u64();
    } else if (header.has(TrackRunFlags.TFHD_DEFAULT_BASE_IS_MOOF)) {
      base = moofStart;
    }
    if (header.has(TrackRunFlags.TFHD_DESCRIPTION_INDEX) && tfhd.u32() != 1) {
      throw MalformedMediaException.unsupported(
          BoxReader.FORMAT, "more than one sample description", tfhd.position() - 4);
    }
    Defaults defaults = Defaults.of(tfhd, header, initDefaults.get(trackId));
    BoxReader tfdt = traf.child(FourCc.TFDT);
    long decodeTime = tfdt.fullHeader().version() == 1 ? tfdt.u64() : tfdt.u32();
    if (decodeTime > MAX_DECODE_TIME_TICKS) {
      throw tfdt.malformed("base decode time " + decodeTime);
    }
    RunReader runs = new RunReader(defaults, base, decodeTime);
    BoxReader trun;
    while ((trun = traf.find(FourCc.TRUN)) != null) {
      runs.read(trun);
    }
    if (!runs.samples.isEmpty()) {
      fragments.add(new Fragment(sequenceNumber, trackId, runs.samples));
    }
    return runs.dataPosition;
  }

  /** Defaults of a track fragment; -1 where neither {@code tfhd} nor {@code trex} has one. */
  private record Defaults(int durationTicks, int sizeBytes, long flags) {
    static Defaults of(BoxReader tfhd, FullHeader header, SampleDefaults init)
        throws MalformedMediaException {
      int duration = init == null ? -1 : init.durationTicks();
      int size = init == null ? -1 : init.sizeBytes();
      long flags = init == null ? -1 : init.flags() & 0xFFFF_FFFFL;
      if (header.has(TrackRunFlags.TFHD_DEFAULT_DURATION)) {
        duration = InitSegmentReader.nonNegative(tfhd, "default_sample_duration");
      }
      if (header.has(TrackRunFlags.TFHD_DEFAULT_SIZE)) {
        size = InitSegmentReader.nonNegative(tfhd, "default_sample_size");
      }
      if (header.has(TrackRunFlags.TFHD_DEFAULT_FLAGS)) {
        flags = tfhd.u32();
      }
      return new Defaults(duration, size, flags);
    }
  }

  /** Reads the runs of one track fragment, one after the other. */
  private final class RunReader {
    private final Defaults defaults;
    private final long base;
    private final List<AccessUnit> samples = new ArrayList<>();
    private long dataPosition;
    private long decodeTime;

    RunReader(Defaults defaults, long base, long decodeTime) {
      this.defaults = defaults;
      this.base = base;
      this.dataPosition = base;
      this.decodeTime = decodeTime;
    }

    void read(BoxReader trun) throws MalformedMediaException {
      FullHeader header = trun.fullHeader();
      long count = trun.u32();
      if (count > Fragment.MAX_SAMPLES - samples.size()) {
        throw MalformedMediaException.limit(
            BoxReader.FORMAT,
            "more than " + Fragment.MAX_SAMPLES + " samples in a fragment",
            trun.position() - 4);
      }
      if (header.has(TrackRunFlags.TRUN_DATA_OFFSET)) {
        dataPosition = base + trun.i32();
      }
      long firstFlags = header.has(TrackRunFlags.TRUN_FIRST_FLAGS) ? trun.u32() : -1;
      for (int i = 0; i < count; i++) {
        int duration =
            header.has(TrackRunFlags.TRUN_DURATION)
                ? InitSegmentReader.nonNegative(trun, "sample_duration")
                : required(trun, "duration", defaults.durationTicks());
        int size =
            header.has(TrackRunFlags.TRUN_SIZE)
                ? InitSegmentReader.nonNegative(trun, "sample_size")
                : required(trun, "size", defaults.sizeBytes());
        long flags = header.has(TrackRunFlags.TRUN_FLAGS) ? trun.u32() : -1;
        if (flags < 0) {
          flags = i == 0 && firstFlags >= 0 ? firstFlags : defaults.flags();
        }
        if (flags < 0) {
          throw missing(trun, "flags");
        }
        // Version 0 is unsigned; writers that put negative offsets into it mean them signed, and no
        // real offset has 32 bits.
        int offset = header.has(TrackRunFlags.TRUN_COMPOSITION_OFFSET) ? trun.i32() : 0;
        byte[] data = media.take(boxes, dataPosition, size);
        samples.add(
            new AccessUnit(decodeTime, offset, duration, SampleFlags.isSync((int) flags), data));
        dataPosition += size;
        decodeTime += duration;
      }
    }

    private int required(BoxReader trun, String name, int value) throws MalformedMediaException {
      if (value < 0) {
        throw missing(trun, name);
      }
      return value;
    }

    private MalformedMediaException missing(BoxReader trun, String name) {
      return trun.malformed(
          "neither trun nor tfhd gives a sample's " + name + ", and no trex defaults were given");
    }
  }

  /** The payloads of all {@code mdat}s, ascending, and how much of them has been handed out. */
  private static final class MediaRanges {
    private int[] bounds = new int[8];
    private int count;
    private long untaken;

    void add(int start, int end) {
      if (2 * count == bounds.length) {
        bounds = Arrays.copyOf(bounds, 4 * count);
      }
      bounds[2 * count] = start;
      bounds[2 * count + 1] = end;
      count++;
      untaken += end - start;
    }

    byte[] take(byte[] boxes, long start, int length) throws MalformedMediaException {
      if (length == 0 || !contains(start, start + length)) {
        throw MalformedMediaException.malformed(
            BoxReader.FORMAT,
            "sample of " + length + " bytes at " + start + " is not within an mdat",
            -1);
      }
      untaken -= length;
      if (untaken < 0) {
        throw MalformedMediaException.malformed(
            BoxReader.FORMAT, "samples overlap: together they are larger than the mdats", -1);
      }
      return Arrays.copyOfRange(boxes, (int) start, (int) start + length);
    }

    private boolean contains(long start, long end) {
      int low = 0;
      int high = count - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        if (end > bounds[2 * middle + 1]) {
          low = middle + 1;
        } else if (start < bounds[2 * middle]) {
          high = middle - 1;
        } else {
          return true;
        }
      }
      return false;
    }
  }
}
