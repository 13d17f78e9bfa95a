package io.rostrum.webrtc.sdp;

import io.rostrum.webrtc.WebRtcException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An offer, RFC 8866, as far as a receiver of media reads it.
 *
 * @param bundle names of the sections that share one transport, RFC 9143; empty without
 */
public record SessionDescription(
    List<String> bundle, boolean mixedExtensions, List<MediaSection> media) {

  private static final int MAX_SECTIONS = 16;

  public SessionDescription {
    bundle = List.copyOf(bundle);
    media = List.copyOf(media);
  }

  /**
   * @throws WebRtcException if it is no SDP, or more of it than is allowed
   */
  public static SessionDescription parse(String text) throws WebRtcException {
    List<SdpLine> lines = SdpLine.read(text);
    if (lines.isEmpty() || lines.get(0).type() != 'v' || !lines.get(0).value().equals("0")) {
      throw WebRtcException.malformed(SdpLine.FORMAT, "does not begin with v=0");
    }
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).type() == 'm') {
        starts.add(i);
      }
    }
    if (starts.isEmpty()) {
      throw WebRtcException.malformed(SdpLine.FORMAT, "no media section");
    }
    if (starts.size() > MAX_SECTIONS) {
      throw WebRtcException.limit(SdpLine.FORMAT, "too many media sections", MAX_SECTIONS);
    }
    Transport transport = Transport.NONE;
    List<String> bundle = List.of();
    boolean mixed = false;
    for (SdpLine line : lines.subList(0, starts.get(0))) {
      String value = line.attributeValue();
      if (line.isAttribute("group") && value.startsWith("BUNDLE")) {
        bundle = Arrays.stream(value.split(" +")).skip(1).toList();
      } else if (line.isAttribute("extmap-allow-mixed")) {
        mixed = true;
      } else if (line.type() == 'a') {
        transport = transport.with(line.value().split(":", 2)[0], value);
      }
    }
    starts.add(lines.size());
    List<MediaSection> media = new ArrayList<>();
    for (int i = 0; i + 1 < starts.size(); i++) {
      media.add(MediaSection.read(lines.subList(starts.get(i), starts.get(i + 1)), transport));
    }
    return new SessionDescription(bundle, mixed, bundled(bundle, media));
  }

  private static List<MediaSection> bundled(List<String> bundle, List<MediaSection> media) {
    Optional<MediaSection> tagged =
        media.stream()
            .filter(section -> !bundle.isEmpty() && section.mid().equals(bundle.get(0)))
            .findFirst();
    return tagged.isEmpty()
        ? media
        : media.stream()
            .map(section -> bundle.contains(section.mid()) ? section.on(tagged.get()) : section)
            .toList();
  }
}
