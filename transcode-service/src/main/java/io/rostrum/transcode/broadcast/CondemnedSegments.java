package io.rostrum.transcode.broadcast;

import io.rostrum.contracts.codec.WorkerRequest;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.media.AccessUnit;
import io.rostrum.media.cmaf.Fragment;
import io.rostrum.transcode.health.TranscodeMetrics;
import io.rostrum.transcode.segment.PictureFile;
import io.rostrum.transcode.segment.Segment;
import io.rostrum.transcode.store.Uploads;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Keeps what killed codec children twice (DESIGN.md, invariant 8): the publication's init segment
 * and what the child was given of the segment, as one file beside the recording, so that the fault
 * can be found with any player or decoder. Nothing waits for it, and it goes when the broadcast is
 * deleted. The owner loop's thread only.
 */
final class CondemnedSegments {
  private static final Logger LOG = Logger.getLogger(CondemnedSegments.class);
  private static final String VIDEO = "video";
  private static final String AUDIO = "audio";

  private final String broadcast;
  private final Uploads uploads;
  private final TranscodeMetrics metrics;

  CondemnedSegments(String broadcast, Uploads uploads, TranscodeMetrics metrics) {
    this.broadcast = broadcast;
    this.uploads = uploads;
    this.metrics = metrics;
  }

  /** Keeps the pictures that the child had, pre-roll first. */
  void keepVideo(Segment segment) {
    put(segment, VIDEO, PictureFile.write(segment.tracks().video(), segment.samples()));
  }

  /** Keeps the sound that the child had, pre-roll first; silence has none. */
  void keepAudio(Segment segment) {
    put(segment, AUDIO, soundOf(segment));
  }

  private static byte[] soundOf(Segment segment) {
    List<WorkerRequest.AudioSample> samples =
        segment.sound().samples().stream().filter(sample -> sample.data().length > 0).toList();
    if (samples.isEmpty() || samples.get(0).ptsTicks() < 0) {
      return null;
    }
    List<AccessUnit> units = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      WorkerRequest.AudioSample sample = samples.get(i);
      long endTicks = i + 1 < samples.size() ? samples.get(i + 1).ptsTicks() : sample.ptsTicks();
      int durationTicks = (int) (endTicks - sample.ptsTicks());
      units.add(new AccessUnit(sample.ptsTicks(), 0, durationTicks, true, sample.data()));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(segment.publication().init());
    file.writeBytes(new Fragment(1, segment.tracks().audioId(), units).write());
    return file.toByteArray();
  }

  /**
   * @param file null where its times cannot be written down
   */
  private void put(Segment segment, String track, byte[] file) {
    metrics.condemned();
    if (file == null) {
      LOG.warnf(
          "Segment that kills decoders is in the source topic only: broadcast=%s msn=%d track=%s",
          broadcast, segment.msn(), track);
      return;
    }
    String key = ObjectKeys.condemned(broadcast, segment.msn(), track);
    uploads.put(
        broadcast + "/condemned/" + segment.msn(),
        List.of(new Uploads.StoredObject(key, file, "video/mp4")),
        () ->
            LOG.warnf(
                "Segment that kills decoders is kept: broadcast=%s msn=%d key=%s",
                broadcast, segment.msn(), key));
  }
}
