package io.rostrum.ingest.media;

import io.rostrum.media.Track;
import java.time.Instant;
import java.util.List;

/**
 * Opens publications as the media demands it: one for each run of unchanged formats and steady
 * timestamps. Whether that is another publication or the same one that goes on is the opener's to
 * say.
 */
public interface PublicationOpener {

  /**
   * The tracks are known and media follows. Whatever was opened before is complete.
   *
   * @param tracks of the init segment; video first where there is any
   * @param pdt wall-clock time of media time 0
   */
  PublicationOutput open(List<Track> tracks, Instant pdt);
}
