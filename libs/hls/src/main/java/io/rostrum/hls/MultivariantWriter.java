package io.rostrum.hls;

import io.rostrum.hls.MultivariantPlaylist.AudioRendition;
import io.rostrum.hls.MultivariantPlaylist.IframeVariant;
import io.rostrum.hls.MultivariantPlaylist.Variant;

/** Writes multivariant playlists. Pure functions. */
public final class MultivariantWriter {
  private MultivariantWriter() {}

  /** The text of {@code playlist}. */
  public static String write(MultivariantPlaylist playlist) {
    StringBuilder out = new StringBuilder(512);
    out.append("#EXTM3U\n"); // §4.4.1.1
    out.append("#EXT-X-VERSION:6\n"); // that of the media playlists
    out.append("#EXT-X-INDEPENDENT-SEGMENTS\n"); // §4.4.2.1, AS 9.11
    for (AudioRendition audio : playlist.audio()) {
      audio(out, audio);
    }
    for (Variant variant : playlist.variants()) {
      variant(out, variant);
    }
    for (IframeVariant iframes : playlist.iframes()) {
      iframes(out, iframes);
    }
    return out.toString();
  }

  private static void audio(StringBuilder out, AudioRendition audio) { // §4.4.6.1
    out.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"").append(audio.groupId());
    out.append("\",NAME=\"").append(audio.name());
    out.append("\",LANGUAGE=\"").append(audio.language()).append('"');
    // DEFAULT=YES asks for AUTOSELECT=YES
    out.append(audio.isDefault() ? ",DEFAULT=YES,AUTOSELECT=YES" : ",DEFAULT=NO,AUTOSELECT=YES");
    if (audio.channels() > 0) {
      out.append(",CHANNELS=\"").append(audio.channels()).append('"');
    }
    out.append(",URI=\"").append(audio.uri()).append("\"\n");
  }

  private static void variant(StringBuilder out, Variant variant) { // §4.4.6.2
    out.append("#EXT-X-STREAM-INF:BANDWIDTH=").append(variant.bandwidth());
    if (variant.averageBandwidth() > 0) {
      out.append(",AVERAGE-BANDWIDTH=").append(variant.averageBandwidth());
    }
    if (!variant.codecs().isEmpty()) {
      out.append(",CODECS=\"").append(variant.codecs()).append('"');
    }
    if (variant.width() > 0) {
      out.append(",RESOLUTION=").append(variant.width()).append('x').append(variant.height());
      if (variant.frameRate() > 0) {
        out.append(",FRAME-RATE=").append(decimals3(variant.frameRate()));
      }
      // on all or on none of the variants with video
      out.append(",CLOSED-CAPTIONS=NONE");
    }
    if (variant.audioGroup() != null) {
      out.append(",AUDIO=\"").append(variant.audioGroup()).append('"');
    }
    out.append('\n').append(variant.uri()).append('\n');
  }

  private static void iframes(StringBuilder out, IframeVariant iframes) { // §4.4.6.3
    out.append("#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=").append(iframes.bandwidth());
    if (iframes.averageBandwidth() > 0) {
      out.append(",AVERAGE-BANDWIDTH=").append(iframes.averageBandwidth());
    }
    if (!iframes.codecs().isEmpty()) {
      out.append(",CODECS=\"").append(iframes.codecs()).append('"');
    }
    if (iframes.width() > 0) {
      out.append(",RESOLUTION=").append(iframes.width()).append('x').append(iframes.height());
    }
    out.append(",URI=\"").append(iframes.uri()).append("\"\n");
  }

  private static String decimals3(double value) {
    long thousandths = Math.round(value * 1000);
    String fraction = Long.toString(1000 + thousandths % 1000).substring(1);
    return thousandths / 1000 + "." + fraction;
  }
}
