package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.contracts.timeline.Rendition.Kind;
import io.rostrum.hls.MultivariantPlaylist;
import io.rostrum.hls.MultivariantPlaylist.AudioRendition;
import io.rostrum.hls.MultivariantPlaylist.IframeVariant;
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
   * A rendition with what to say of its bit rate.
   *
   * @param rendition what it is
   * @param peak BANDWIDTH of it alone
   * @param average AVERAGE-BANDWIDTH of it alone; 0 where unknown
   */
  public record Offer(Rendition rendition, long peak, long average) {}

  /**
   * @param uri address of a rendition's media playlist
   * @param iframes address of a rendition's playlist of I-frames; null where there are none
   */
  public static RenderedPlaylist of(
      List<Offer> ladder, UnaryOperator<String> uri, UnaryOperator<String> iframes) {
    List<Offer> audio = ladder.stream().filter(o -> o.rendition().kind() == Kind.AUDIO).toList();
    List<Offer> video =
        ladder.stream()
            .filter(o -> o.rendition().kind() == Kind.VIDEO && !o.rendition().recordedOnly())
            .toList();
    boolean group = !audio.isEmpty() && !video.isEmpty();
    List<Variant> variants =
        (video.isEmpty() ? audio : video)
            .stream().map(o -> variant(o, group ? audio.get(0) : null, uri)).toList();
    List<AudioRendition> members =
        group ? audio.stream().map(o -> member(o, audio.get(0), uri)).toList() : List.of();
    List<IframeVariant> pictures =
        iframes == null ? List.of() : video.stream().map(o -> pictures(o, iframes)).toList();
    String text = MultivariantWriter.write(new MultivariantPlaylist(members, variants, pictures));
    return RenderedPlaylist.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Variant variant(Offer offer, Offer audio, UnaryOperator<String> uri) {
    Rendition r = offer.rendition();
    // §4.4.6.2: the bandwidth of a variant is that of everything it plays.
    long bandwidth = offer.peak() + (audio == null ? 0 : audio.peak());
    long average =
        offer.average() == 0 ? 0 : offer.average() + (audio == null ? 0 : audio.average());
    String codecs = audio == null ? r.codecs() : r.codecs() + "," + audio.rendition().codecs();
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

  private static AudioRendition member(Offer offer, Offer first, UnaryOperator<String> uri) {
    Rendition r = offer.rendition();
    String label = offer == first ? "Audio" : "Audio " + r.name();
    return new AudioRendition(
        AUDIO_GROUP, label, "und", r.channels(), offer == first, uri.apply(r.name()));
  }

  /**
   * §4.4.6.3: sizes of pictures are not on the timeline; one of them is not larger than the segment
   * that it is from, so the segment's rates are upper bounds.
   */
  private static IframeVariant pictures(Offer offer, UnaryOperator<String> iframes) {
    Rendition r = offer.rendition();
    return new IframeVariant(
        iframes.apply(r.name()),
        Math.max(1, offer.peak()),
        offer.average(),
        r.codecs(),
        r.width(),
        r.height());
  }
}
