package io.rostrum.webrtc.sdp;

import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.DtlsRole;
import io.rostrum.webrtc.dtls.Fingerprint;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.payload.Codec;
import io.rostrum.webrtc.rtp.TrackFormat;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers offers of media to be received, RFC 3264 and RFC 9725 §4.2: at most one audio and one
 * video section, on one transport. Of each, the first codec in the offerer's order that can be
 * taken out of its packets.
 *
 * @param startKilobitsPerSecond what browsers begin with, in place of their 300
 */
public record Answerer(
    Fingerprint fingerprint, List<Candidate> candidates, int startKilobitsPerSecond) {

  /** Enough for speech and music in stereo. */
  private static final int OPUS_BITS_PER_SECOND = 128_000;

  private static final List<String> VIDEO_FEEDBACK = List.of("nack", "nack pli", "transport-cc");
  private static final List<String> AUDIO_FEEDBACK = List.of("transport-cc");

  public Answerer {
    candidates = List.copyOf(candidates);
  }

  /** A section and what is taken of it. */
  private record Chosen(MediaSection section, PayloadFormat format, Codec codec, int repairType) {}

  /**
   * @param local new credentials
   * @param sessionId of the answer's {@code o=} line, at least 0
   * @throws WebRtcException MALFORMED where the offer cannot be used, UNSUPPORTED where it offers
   *     nothing that is understood
   */
  public Answer answer(SessionDescription offer, IceCredentials local, long sessionId)
      throws WebRtcException {
    List<Optional<Chosen>> sections = new ArrayList<>();
    Chosen first = null;
    HeaderExtensions extensions = new HeaderExtensions(-1, -1, -1, -1);
    for (MediaSection section : offer.media()) {
      Optional<Chosen> chosen = choose(section);
      boolean another =
          chosen.isPresent()
              && sections.stream()
                  .flatMap(Optional::stream)
                  .noneMatch(other -> other.section().kind().equals(section.kind()));
      // RFC 9143: what is not bundled would need another transport.
      boolean together = first == null || offer.bundle().contains(section.mid());
      if (another && together) {
        requireUsable(section);
        first = first == null ? chosen.get() : first;
        extensions = extensions.or(HeaderExtensions.of(section));
        sections.add(chosen);
      } else {
        sections.add(Optional.empty());
      }
    }
    if (first == null) {
      throw WebRtcException.unsupported(
          SdpLine.FORMAT,
          "no codec in common: offer H.264, VP8, VP9 or AV1 video, or Opus audio, to be sent");
    }
    // RFC 9143 §7.2: the transport of the first section is that of all.
    Transport transport = first.section().transport();
    DtlsRole role = "passive".equals(transport.setup()) ? DtlsRole.CLIENT : DtlsRole.SERVER;
    List<TrackFormat> tracks = new ArrayList<>();
    for (Optional<Chosen> chosen : sections) {
      if (chosen.isPresent()) {
        tracks.add(track(chosen.get()));
      }
    }
    String sdp = write(offer, sections, local, role, sessionId);
    return new Answer(
        sdp,
        transport.iceUfrag(),
        local,
        role,
        Fingerprint.parse(transport.fingerprint()),
        tracks,
        extensions);
  }

  private static void requireUsable(MediaSection section) throws WebRtcException {
    Transport transport = section.transport();
    if (!section.rtcpMux()) {
      throw WebRtcException.malformed(SdpLine.FORMAT, "a=rtcp-mux is missing"); // RFC 9725 §4.2
    }
    if (transport.iceUfrag() == null || transport.icePassword() == null) {
      throw WebRtcException.malformed(SdpLine.FORMAT, "a=ice-ufrag or a=ice-pwd is missing");
    }
    if (transport.fingerprint() == null) {
      throw WebRtcException.malformed(SdpLine.FORMAT, "a=fingerprint is missing");
    }
    // RFC 8829 §5.1.2: what protects media follows from the fingerprint, however a profile is
    // named.
    if (!section.protocol().matches("(UDP/TLS/|TCP/DTLS/)?RTP/SAVPF?")) {
      throw WebRtcException.malformed(SdpLine.FORMAT, "media that is not protected by DTLS");
    }
  }

  private static Optional<Chosen> choose(MediaSection section) {
    if (!section.sends()) {
      return Optional.empty();
    }
    Chosen second = null;
    for (PayloadFormat format : section.formats().values()) {
      Optional<Codec> codec = Codec.ofName(format.encoding(), format.clockRate());
      if (codec.isPresent()
          && codec.get().video() == section.kind().equals("video")
          && isReadable(codec.get(), format)) {
        Chosen chosen = new Chosen(section, format, codec.get(), repairType(section, format));
        // RFC 6184 §8.1: mode 0 has one NAL unit in a packet, so that slices must be small.
        boolean poor =
            codec.get() == Codec.H264 && format.parameter("packetization-mode", "0").equals("0");
        if (!poor) {
          boolean same = second == null || second.codec() != codec.get();
          return Optional.of(same && second != null ? second : chosen);
        }
        second = second == null ? chosen : second;
      }
    }
    return Optional.ofNullable(second);
  }

  /** Whether the profile is one of 4:2:0 with eight bits, and the packets are in order. */
  private static boolean isReadable(Codec codec, PayloadFormat format) {
    return switch (codec) {
      case H264 -> {
        String profile = format.parameter("profile-level-id", "420010").toLowerCase(Locale.ROOT);
        boolean known =
            profile.startsWith("42") || profile.startsWith("4d") || profile.startsWith("64");
        yield known && !format.parameter("packetization-mode", "0").equals("2");
      }
      case VP9 -> format.parameter("profile-id", "0").equals("0");
      case AV1 -> format.parameter("profile", "0").equals("0");
      case VP8, OPUS -> true;
    };
  }

  /** The payload type of retransmissions of {@code format}, RFC 4588 §8.6; -1 without. */
  private static int repairType(MediaSection section, PayloadFormat format) {
    return section.formats().values().stream()
        .filter(f -> f.encoding().equalsIgnoreCase("rtx"))
        .filter(f -> f.parameter("apt", "").equals(Integer.toString(format.type())))
        .map(PayloadFormat::type)
        .findFirst()
        .orElse(-1);
  }

  private static TrackFormat track(Chosen chosen) {
    MediaSection section = chosen.section();
    return new TrackFormat(
        section.mid(),
        chosen.codec(),
        chosen.format().type(),
        chosen.repairType(),
        section.hasFeedback(chosen.format().type(), "nack") && chosen.codec().video(),
        section.layers(),
        section.ssrcs(),
        section.repairOf(),
        parameterSets(chosen));
  }

  private static List<byte[]> parameterSets(Chosen chosen) {
    List<byte[]> sets = new ArrayList<>();
    if (chosen.codec() == Codec.H264) {
      for (String set : chosen.format().parameter("sprop-parameter-sets", "").split(",")) {
        try {
          sets.add(Base64.getDecoder().decode(set.trim()));
        } catch (IllegalArgumentException expected) {
          // They come in band as well, or not at all.
        }
      }
    }
    return sets;
  }

  private String write(
      SessionDescription offer,
      List<Optional<Chosen>> sections,
      IceCredentials local,
      DtlsRole role,
      long sessionId) {
    StringBuilder text = new StringBuilder(2_000);
    line(text, "v=0");
    line(text, "o=- %d 1 IN IP4 127.0.0.1".formatted(sessionId));
    line(text, "s=-");
    line(text, "t=0 0");
    if (!offer.bundle().isEmpty()) {
      StringBuilder group = new StringBuilder("a=group:BUNDLE");
      sections.stream()
          .flatMap(Optional::stream)
          .forEach(chosen -> group.append(' ').append(chosen.section().mid()));
      line(text, group.toString());
    }
    if (offer.mixedExtensions()) {
      line(text, "a=extmap-allow-mixed");
    }
    line(text, "a=ice-lite");
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i).isPresent()) {
        accept(text, sections.get(i).get(), local, role);
      } else {
        reject(text, offer.media().get(i));
      }
    }
    return text.toString();
  }

  /** RFC 3264 §6: a section that is refused has port 0, and some format. */
  private static void reject(StringBuilder text, MediaSection section) {
    line(text, "m=%s 0 %s %s".formatted(section.kind(), section.protocol(), section.firstFormat()));
    line(text, "c=IN IP4 0.0.0.0");
    if (!section.mid().isEmpty()) {
      line(text, "a=mid:" + section.mid());
    }
    line(text, "a=inactive");
  }

  private void accept(StringBuilder text, Chosen chosen, IceCredentials local, DtlsRole role) {
    MediaSection section = chosen.section();
    int type = chosen.format().type();
    Candidate first = candidates.get(0);
    String types = chosen.repairType() < 0 ? "" + type : type + " " + chosen.repairType();
    line(text, "m=%s %d %s %s".formatted(section.kind(), first.port(), section.protocol(), types));
    String family = first.address().contains(":") ? "IP6" : "IP4";
    line(text, "c=IN %s %s".formatted(family, first.address()));
    line(text, "a=ice-ufrag:" + local.ufrag());
    line(text, "a=ice-pwd:" + local.password());
    line(text, "a=fingerprint:" + fingerprint.toValue());
    line(text, "a=setup:" + (role == DtlsRole.SERVER ? "passive" : "active"));
    if (!section.mid().isEmpty()) {
      line(text, "a=mid:" + section.mid());
    }
    line(text, "a=recvonly");
    line(text, "a=rtcp-mux");
    if (section.rtcpReducedSize()) {
      line(text, "a=rtcp-rsize");
    }
    writeFormats(text, chosen);
    for (String uri :
        List.of(
            HeaderExtensions.MID,
            HeaderExtensions.RID,
            HeaderExtensions.REPAIRED_RID,
            HeaderExtensions.TRANSPORT_SEQUENCE)) {
      section.extensionId(uri).ifPresent(id -> line(text, "a=extmap:%d %s".formatted(id, uri)));
    }
    if (!section.layers().isEmpty()) {
      section.layers().forEach(layer -> line(text, "a=rid:%s recv".formatted(layer)));
      line(text, "a=simulcast:recv " + String.join(";", section.layers()));
    }
    candidates.forEach(candidate -> line(text, candidate.toLine()));
    line(text, "a=end-of-candidates");
  }

  private void writeFormats(StringBuilder text, Chosen chosen) {
    MediaSection section = chosen.section();
    int type = chosen.format().type();
    Codec codec = chosen.codec();
    boolean video = codec.video();
    line(
        text,
        "a=rtpmap:%d %s/%d%s"
            .formatted(type, chosen.format().encoding(), codec.clockRate(), video ? "" : "/2"));
    // Receivers repeat what identifies the format, RFC 3264 §6.1; senders read their own from it.
    String fmtp =
        video
            ? (chosen.format().fmtp().isEmpty() ? "" : chosen.format().fmtp() + ";")
                + "x-google-start-bitrate="
                + startKilobitsPerSecond
            : "minptime=10;stereo=1;maxaveragebitrate=" + OPUS_BITS_PER_SECOND;
    line(text, "a=fmtp:%d %s".formatted(type, fmtp));
    for (String feedback : video ? VIDEO_FEEDBACK : AUDIO_FEEDBACK) {
      if (section.hasFeedback(type, feedback)) {
        line(text, "a=rtcp-fb:%d %s".formatted(type, feedback));
      }
    }
    if (chosen.repairType() >= 0) {
      line(text, "a=rtpmap:%d rtx/%d".formatted(chosen.repairType(), codec.clockRate()));
      line(text, "a=fmtp:%d apt=%d".formatted(chosen.repairType(), type));
    }
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append("\r\n");
  }
}
