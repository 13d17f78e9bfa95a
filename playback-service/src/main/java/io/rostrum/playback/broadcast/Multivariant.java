package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.Rendition.Kind;
import io.rostrum.hls.MultivariantPlaylist;
import io.rostrum.hls.MultivariantPlaylist.AudioRendition;
import io.rostrum.hls.MultivariantPlaylist.Variant;
import io.rostrum.hls.MultivariantWriter;
import io.rostrum.hls.RenderedPlaylist;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** The multivariant playlist of a ladder. Pure. */
public final class Multivariant {
  private static final String AUDIO_GROUP = "audio";

  private Multivariant() {}

  /**
   * @param uri address of a rendition's media playlist
   */
  public static RenderedPlaylist of(List<Rendition> ladder, UnaryOperator<String> uri) {
    List<Rendition> audio = ladder.stream().filter(r -> r.kind() == Kind.AUDIO).toList();
    List<Rendition> video =
        ladder.stream().filter(r -> r.kind() == Kind.VIDEO && !r.recordedOnly()).toList();
    boolean group = !audio.isEmpty() && !video.isEmpty();
    List<Variant> variants =
        (video.isEmpty() ? audio : video)
            .stream().map(r -> variant(r, group ? audio.get(0) : null, uri)).toList();
    List<AudioRendition> members =
        group ? audio.stream().map(r -> member(r, audio.get(0), uri)).toList() : List.of();
    String text = MultivariantWriter.write(new MultivariantPlaylist(members, variants));
    return RenderedPlaylist.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Variant variant(Rendition r, Rendition audio, UnaryOperator<String> uri) {
    // §4.4.6.2: the bandwidth of a variant is that of everything it plays.
    long bandwidth = r.bandwidth() + (audio == null ? 0 : audio.bandwidth());
    long average =
        r.averageBandwidth() == 0
            ? 0
            : r.averageBandwidth() + (audio == null ? 0 : audio.averageBandwidth());
    String codecs = audio == null ? r.codecs() : r.codecs() + "," + audio.codecs();
    return new Variant(
        uri.apply(r.name()),
        Math.max(1, bandwidth),
        average,
        codecs,
        r.width(),
        r.height(),
        r.frameRate(),
        audio == null ? null : AUDIO_GROUP);
  }

  private static AudioRendition member(Rendition r, Rendition first, UnaryOperator<String> uri) {
    String label = r == first ? "Audio" : "Audio " + r.name();
    return new AudioRendition(
        AUDIO_GROUP, label, "und", r.channels(), r == first, uri.apply(r.name()));
  }
}
