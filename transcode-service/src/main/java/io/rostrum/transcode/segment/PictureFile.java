package io.rostrum.transcode.segment;

import io.rostrum.media.AccessUnit;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.media.cmaf.InitSegment;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The coded pictures that a segment is encoded from, as they lie in the object store: an init
 * segment and fragments, which any player plays. What is read back is, picture by picture, what was
 * written, so that encoding it later gives the bytes that encoding it at once would have.
 *
 * @param tracks with the pictures' format
 * @param samples in decoding order, pre-roll first
 */
public record PictureFile(PublicationTracks tracks, List<VideoSample> samples) {
  private static final int TRACK_ID = 1;

  /**
   * A file of these pictures; null where their times cannot be written down, of which no publisher
   * is known.
   */
  public static byte[] write(VideoFormat format, List<VideoSample> samples) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(InitSegment.write(List.of(new Track(TRACK_ID, format))));
    List<AccessUnit> run = new ArrayList<>();
    int sequence = 1;
    for (int i = 0; i < samples.size(); i++) {
      VideoSample sample = samples.get(i);
      long offsetTicks = sample.ptsTicks() - sample.dtsTicks();
      if (sample.dtsTicks() < 0 || offsetTicks != (int) offsetTicks) {
        return null;
      }
      long lastsTicks =
          i + 1 < samples.size() ? samples.get(i + 1).dtsTicks() - sample.dtsTicks() : 0;
      // In a fragment each sample starts where the one before it ends: what does not, starts
      // another.
      boolean followed = lastsTicks >= 0 && lastsTicks == (int) lastsTicks;
      run.add(
          new AccessUnit(
              sample.dtsTicks(),
              (int) offsetTicks,
              followed ? (int) lastsTicks : 0,
              sample.sync(),
              sample.data()));
      if (!followed || run.size() == Fragment.MAX_SAMPLES || i + 1 == samples.size()) {
        file.writeBytes(new Fragment(sequence++, TRACK_ID, run).write());
        run.clear();
      }
    }
    return file.toByteArray();
  }

  /**
   * @throws MalformedMediaException if it is not such a file
   */
  public static PictureFile read(byte[] file) throws MalformedMediaException {
    return read(file, file);
  }

  /**
   * The same of a segment of the rendition that is passed through.
   *
   * @param init its init segment
   * @throws MalformedMediaException if they are not what they are taken for
   */
  public static PictureFile read(byte[] init, byte[] segment) throws MalformedMediaException {
    List<VideoSample> samples = new ArrayList<>();
    for (Fragment fragment : Fragment.readAll(segment)) {
      for (AccessUnit unit : fragment.samples()) {
        samples.add(
            new VideoSample(
                unit.presentationTimeTicks(), unit.decodeTimeTicks(), unit.sync(), unit.data()));
      }
    }
    return new PictureFile(PublicationTracks.read(init), samples);
  }
}
