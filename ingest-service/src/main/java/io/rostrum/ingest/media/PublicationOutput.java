package io.rostrum.ingest.media;

import io.rostrum.media.cmaf.Fragment;

/** Takes the chunks of one publication, in the order in which they are to be read. */
public interface PublicationOutput {

  /**
   * @param trackId the track in the init segment
   * @param segmentStart whether a segment starts with it; only ever on the leading track
   * @param partStart whether a part starts with it; only ever on the leading track
   * @param sync whether decoding can start with it
   * @param fragment its access units; given away
   */
  void chunk(int trackId, boolean segmentStart, boolean partStart, boolean sync, Fragment fragment);
}
