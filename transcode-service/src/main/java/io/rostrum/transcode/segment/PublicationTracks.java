package io.rostrum.transcode.segment;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.InitSegment;
import io.rostrum.transcode.ladder.Ladder;

/**
 * The tracks of a publication, and which renditions they can feed.
 *
 * @param videoId the video track; -1 without one
 * @param video its format; null without one
 * @param audioId the audio track; -1 without one
 * @param audio its format; null without one
 */
public record PublicationTracks(int videoId, VideoFormat video, int audioId, AudioFormat audio) {

  /**
   * The first video and the first audio track of an init segment.
   *
   * @throws MalformedMediaException if it is none, or has neither
   */
  static PublicationTracks read(byte[] init) throws MalformedMediaException {
    int videoId = -1;
    VideoFormat video = null;
    int audioId = -1;
    AudioFormat audio = null;
    for (Track track : InitSegment.read(init)) {
      if (track.format() instanceof VideoFormat format && video == null) {
        videoId = track.id();
        video = format;
      } else if (track.format() instanceof AudioFormat format && audio == null) {
        audioId = track.id();
        audio = format;
      }
    }
    return new PublicationTracks(videoId, video, audioId, audio);
  }

  /** The track whose chunks say where segments start. */
  int leadId() {
    return video != null ? videoId : audioId;
  }

  /** Why the rendition can get nothing from this publication; null where it can. */
  public String reasonAgainst(Rendition rendition) {
    if (rendition.kind() == Rendition.Kind.AUDIO) {
      if (audio == null) {
        return "the publication has no audio";
      }
      // The ladder is fixed by the first publication; a player does not survive another sample rate
      // in the same rendition.
      return audio.sampleRate() == rendition.sampleRate()
              && audio.channels() == rendition.channels()
              && audio.rfc6381().equalsIgnoreCase(rendition.codecs())
          ? null
          : "the publication's audio is "
              + audio.rfc6381()
              + " of "
              + audio.sampleRate()
              + " Hz with "
              + audio.channels()
              + " channels, the broadcast's is "
              + rendition.codecs()
              + " of "
              + rendition.sampleRate()
              + " Hz with "
              + rendition.channels();
    }
    if (video == null) {
      return "the publication has no video";
    }
    if (!rendition.name().equals(Ladder.SOURCE)) {
      return null;
    }
    boolean same =
        video.width() == rendition.width()
            && video.height() == rendition.height()
            && video.rfc6381().equalsIgnoreCase(rendition.codecs());
    return same
        ? null
        : "the publication's video is "
            + video.rfc6381()
            + " "
            + video.width()
            + "x"
            + video.height()
            + ", the broadcast's is "
            + rendition.codecs()
            + " "
            + rendition.width()
            + "x"
            + rendition.height();
  }
}
