package io.rostrum.hls;

import java.util.List;

/**
 * A multivariant playlist.
 *
 * @param audio the alternatives of audio groups
 * @param variants at least one
 * @param iframes playlists for seeking with pictures; may be empty
 */
public record MultivariantPlaylist(
    List<AudioRendition> audio, List<Variant> variants, List<IframeVariant> iframes) {
  public MultivariantPlaylist {
    audio = List.copyOf(audio);
    variants = List.copyOf(variants);
    iframes = List.copyOf(iframes);
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("§4.4.6.2: a multivariant playlist has a variant");
    }
    for (Variant variant : variants) {
      if (variant.audioGroup() != null
          && audio.stream().noneMatch(a -> a.groupId().equals(variant.audioGroup()))) {
        throw new IllegalArgumentException(
            "§4.4.6.2.1: the audio group " + variant.audioGroup() + " has no member");
      }
    }
  }

  /** One without playlists of I-frames. */
  public MultivariantPlaylist(List<AudioRendition> audio, List<Variant> variants) {
    this(audio, variants, List.of());
  }

  /**
   * EXT-X-MEDIA of TYPE=AUDIO (§4.4.6.1).
   *
   * @param groupId the group that variants name
   * @param name as shown to viewers
   * @param language RFC 5646; {@code und} where unknown (AS 8.10 wants one)
   * @param channels number of channels
   * @param isDefault whether it plays unless the viewer chooses another
   * @param uri its media playlist
   */
  public record AudioRendition(
      String groupId, String name, String language, int channels, boolean isDefault, String uri) {
    public AudioRendition {
      Uris.require(uri);
    }
  }

  /**
   * EXT-X-STREAM-INF (§4.4.6.2).
   *
   * @param uri its media playlist
   * @param bandwidth peak bits per second of the variant with its audio
   * @param averageBandwidth average bits per second; 0 where unknown
   * @param codecs of everything the variant plays, comma-separated
   * @param width in pixels; 0 without video
   * @param height in pixels; 0 without video
   * @param frameRate frames per second; 0 without video or where unknown
   * @param audioGroup null where audio is in the variant itself, or there is none
   */
  public record Variant(
      String uri,
      long bandwidth,
      long averageBandwidth,
      String codecs,
      int width,
      int height,
      double frameRate,
      String audioGroup) {
    public Variant {
      Uris.require(uri);
      if (bandwidth <= 0) {
        throw new IllegalArgumentException("§4.4.6.2: a variant has a BANDWIDTH");
      }
    }
  }

  /**
   * EXT-X-I-FRAME-STREAM-INF (§4.4.6.3).
   *
   * @param uri its playlist of I-frames
   * @param bandwidth bits per second of its I-frames, or an upper bound
   * @param averageBandwidth average bits per second; 0 where unknown
   * @param codecs of the pictures
   * @param width in pixels
   * @param height in pixels
   */
  public record IframeVariant(
      String uri, long bandwidth, long averageBandwidth, String codecs, int width, int height) {
    public IframeVariant {
      Uris.require(uri);
      if (bandwidth <= 0) {
        throw new IllegalArgumentException("§4.4.6.3: a playlist of I-frames has a BANDWIDTH");
      }
    }
  }
}
