package io.rostrum.media.cmaf;

import io.rostrum.media.AccessUnit;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes {@code moof} and {@code mdat}: ISO/IEC 14496-12:2022 §8.8, ISO/IEC 23000-19:2024 §7.5. On
 * ingest's hot path: one array, each sample copied once.
 */
final class FragmentWriter {

  private FragmentWriter() {}

  static byte[] write(Fragment fragment) {
    FragmentLayout layout = FragmentLayout.of(fragment.samples());
    byte[] boxes = new byte[layout.totalLength()];
    write(fragment, layout, new BoxWriter(boxes, 0));
    return boxes;
  }

  static void write(Fragment fragment, ByteBuffer to) {
    FragmentLayout layout = FragmentLayout.of(fragment.samples());
    int at = to.position();
    to.position(at + layout.totalLength());
    write(fragment, layout, new BoxWriter(to.array(), to.arrayOffset() + at));
  }

  private static void write(Fragment fragment, FragmentLayout layout, BoxWriter out) {
    List<AccessUnit> samples = fragment.samples();
    int moof = out.begin(FourCc.MOOF);
    int mfhd = out.beginFull(FourCc.MFHD, 0, 0);
    out.u32(fragment.sequenceNumber());
    out.end(mfhd);
    int traf = out.begin(FourCc.TRAF);
    header(out, fragment, layout);
    // Version 1 always: 64 bits do not run out, and every fragment of a track has the same shape.
    int tfdt = out.beginFull(FourCc.TFDT, 1, 0);
    out.u64(fragment.baseDecodeTimeTicks());
    out.end(tfdt);
    run(out, samples, layout);
    out.end(traf);
    out.end(moof);
    int mdat = out.begin(FourCc.MDAT);
    for (AccessUnit sample : samples) {
      out.bytes(sample.coded());
    }
    out.end(mdat);
  }

  private static void header(BoxWriter out, Fragment fragment, FragmentLayout layout) {
    int tfhd = out.beginFull(FourCc.TFHD, 0, layout.tfhdFlags());
    out.u32(fragment.trackId());
    AccessUnit first = fragment.samples().get(0);
    if (layout.tfhdHas(TrackRunFlags.TFHD_DEFAULT_DURATION)) {
      out.u32(first.durationTicks());
    }
    if (layout.tfhdHas(TrackRunFlags.TFHD_DEFAULT_SIZE)) {
      out.u32(first.coded().length());
    }
    if (layout.tfhdHas(TrackRunFlags.TFHD_DEFAULT_FLAGS)) {
      // The last sample stands for all but the first, which trun may except.
      boolean sync = fragment.samples().get(fragment.samples().size() - 1).sync();
      out.u32(SampleFlags.of(sync));
    }
    out.end(tfhd);
  }

  private static void run(BoxWriter out, List<AccessUnit> samples, FragmentLayout layout) {
    // Version 1: composition offsets are signed.
    int trun = out.beginFull(FourCc.TRUN, 1, layout.trunFlags());
    out.u32(samples.size());
    out.u32(layout.moofLength() + FragmentLayout.MDAT_HEADER_LENGTH);
    if (layout.trunHas(TrackRunFlags.TRUN_FIRST_FLAGS)) {
      out.u32(SampleFlags.of(samples.get(0).sync()));
    }
    boolean durations = layout.trunHas(TrackRunFlags.TRUN_DURATION);
    boolean sizes = layout.trunHas(TrackRunFlags.TRUN_SIZE);
    boolean flags = layout.trunHas(TrackRunFlags.TRUN_FLAGS);
    boolean offsets = layout.trunHas(TrackRunFlags.TRUN_COMPOSITION_OFFSET);
    for (AccessUnit sample : samples) {
      if (durations) {
        out.u32(sample.durationTicks());
      }
      if (sizes) {
        out.u32(sample.coded().length());
      }
      if (flags) {
        out.u32(SampleFlags.of(sample.sync()));
      }
      if (offsets) {
        out.u32(sample.compositionOffsetTicks());
      }
    }
    out.end(trun);
  }
}
