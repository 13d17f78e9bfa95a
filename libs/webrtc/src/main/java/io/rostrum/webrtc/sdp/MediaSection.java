package io.rostrum.webrtc.sdp;

import io.rostrum.webrtc.WebRtcException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One media description of an offer, RFC 8866 §5.14, with the attributes that matter to a receiver.
 *
 * @param kind "audio", "video" or something else
 * @param port 0 where the section is not to be used, unless it is {@code bundleOnly}
 * @param bundleOnly whether it is to be used on another section's transport or not at all, RFC 9143
 *     §6
 * @param firstFormat the first that the media line names, whatever it means
 * @param formats in the offerer's order of preference
 * @param extensions uri by id, RFC 8285 §5
 * @param feedback values of {@code a=rtcp-fb} by payload type; -1 stands for all
 * @param layers RIDs that are sent, in the order of {@code a=simulcast}
 * @param repairOf SSRCs of retransmissions, with those they repair: {@code a=ssrc-group:FID}
 */
record MediaSection(
    String kind,
    int port,
    boolean bundleOnly,
    String protocol,
    String firstFormat,
    String mid,
    String direction,
    boolean rtcpMux,
    boolean rtcpReducedSize,
    boolean mixedExtensions,
    Map<Integer, PayloadFormat> formats,
    Map<Integer, String> extensions,
    Map<Integer, List<String>> feedback,
    List<String> layers,
    List<Integer> ssrcs,
    Map<Integer, Integer> repairOf,
    Transport transport) {

  private static final int MAX_FORMATS = 128;
  private static final int MAX_EXTENSIONS = 64;
  private static final int MAX_SSRCS = 64;
  private static final int MAX_LAYERS = 8;

  /** Whether the offerer sends. */
  boolean sends() {
    return (port != 0 || bundleOnly)
        && !direction.equals("recvonly")
        && !direction.equals("inactive");
  }

  /**
   * The same on the transport of the section that its bundle is tagged with, RFC 9143 §7.1.3: where
   * it says nothing of its own, what that one says counts.
   */
  MediaSection on(MediaSection tagged) {
    return new MediaSection(
        kind,
        port,
        bundleOnly,
        protocol,
        firstFormat,
        mid,
        direction,
        rtcpMux || tagged.rtcpMux,
        rtcpReducedSize,
        mixedExtensions,
        formats,
        extensions,
        feedback,
        layers,
        ssrcs,
        repairOf,
        transport.or(tagged.transport));
  }

  /** The id of a header extension. */
  Optional<Integer> extensionId(String uri) {
    return extensions.entrySet().stream()
        .filter(e -> e.getValue().equals(uri))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  boolean hasFeedback(int type, String value) {
    return feedback.getOrDefault(type, List.of()).contains(value)
        || feedback.getOrDefault(-1, List.of()).contains(value);
  }

  /**
   * @param lines from the {@code m=} line to the next
   * @param session attributes of the session, for those that the section does not have
   */
  static MediaSection read(List<SdpLine> lines, Transport session) throws WebRtcException {
    String[] media = lines.get(0).value().trim().split(" +");
    if (media.length < 4) {
      throw WebRtcException.malformed(SdpLine.FORMAT, "media line cut short");
    }
    Builder builder = new Builder(session);
    boolean rtp = media[0].equals("audio") || media[0].equals("video");
    for (int i = 3; i < media.length && rtp; i++) {
      builder.addType(SdpLine.number(media[i]));
    }
    for (SdpLine line : lines.subList(1, lines.size())) {
      if (line.type() == 'a') {
        builder.attribute(line);
      }
    }
    int port = SdpLine.number(media[1].split("/", 2)[0]);
    return builder.build(media[0], port, media[2], media[3]);
  }

  /** Gathers attributes. */
  private static final class Builder {
    private final Map<Integer, String[]> maps = new LinkedHashMap<>();
    private final Map<Integer, String> fmtps = new HashMap<>();
    private final Map<Integer, String> extensions = new LinkedHashMap<>();
    private final Map<Integer, List<String>> feedback = new HashMap<>();
    private final List<String> rids = new ArrayList<>();
    private final List<String> simulcast = new ArrayList<>();
    private final List<Integer> ssrcs = new ArrayList<>();
    private final Map<Integer, Integer> repairOf = new LinkedHashMap<>();
    private Transport transport;
    private String mid = "";
    private String direction = "sendrecv";
    private boolean bundleOnly;
    private boolean rtcpMux;
    private boolean rtcpReducedSize;
    private boolean mixedExtensions;

    Builder(Transport session) {
      transport = session;
    }

    void addType(int type) throws WebRtcException {
      if (type > 127 || maps.size() >= MAX_FORMATS) {
        throw WebRtcException.malformed(SdpLine.FORMAT, "payload type " + type);
      }
      maps.put(type, new String[] {"", "0"});
    }

    void attribute(SdpLine line) throws WebRtcException {
      String value = line.attributeValue();
      String name = line.value().split(":", 2)[0];
      switch (name) {
        case "mid" -> mid = value;
        case "sendrecv", "sendonly", "recvonly", "inactive" -> direction = name;
        case "bundle-only" -> bundleOnly = true;
        case "rtcp-mux" -> rtcpMux = true;
        case "rtcp-rsize" -> rtcpReducedSize = true;
        case "extmap-allow-mixed" -> mixedExtensions = true;
        case "rtpmap" -> rtpmap(value);
        case "fmtp" -> typed(value, fmtps);
        case "rtcp-fb" -> rtcpFeedback(value);
        case "extmap" -> extension(value);
        case "rid" -> rid(value);
        case "simulcast" -> simulcast(value);
        case "ssrc" -> ssrc(value.split(" ", 2)[0]);
        case "ssrc-group" -> ssrcGroup(value);
        default -> transport = transport.with(name, value);
      }
    }

    private void rtpmap(String value) throws WebRtcException {
      String[] parts = value.split("[ /]+");
      if (parts.length < 3) {
        throw WebRtcException.malformed(SdpLine.FORMAT, "rtpmap cut short");
      }
      // A payload type that the media line does not name is not offered.
      maps.computeIfPresent(
          SdpLine.number(parts[0]), (type, before) -> new String[] {parts[1], parts[2]});
      SdpLine.number(parts[2]);
    }

    private void typed(String value, Map<Integer, String> into) throws WebRtcException {
      String[] parts = value.split(" +", 2);
      int type = SdpLine.number(parts[0]);
      if (maps.containsKey(type) && parts.length == 2) {
        into.put(type, parts[1]);
      }
    }

    private void rtcpFeedback(String value) throws WebRtcException {
      String[] parts = value.split(" +", 2);
      if (parts.length == 2) {
        int type = parts[0].equals("*") ? -1 : SdpLine.number(parts[0]);
        if (type < 0 || maps.containsKey(type)) {
          feedback.computeIfAbsent(type, t -> new ArrayList<>(4)).add(parts[1].trim());
        }
      }
    }

    private void extension(String value) throws WebRtcException {
      String[] parts = value.split(" +");
      if (parts.length < 2 || extensions.size() >= MAX_EXTENSIONS) {
        throw WebRtcException.malformed(SdpLine.FORMAT, "extmap cut short, or too many");
      }
      extensions.put(SdpLine.number(parts[0].split("/", 2)[0]), parts[1]);
    }

    private void rid(String value) {
      String[] parts = value.split(" +");
      if (parts.length >= 2 && parts[1].equals("send") && rids.size() < MAX_LAYERS) {
        rids.add(parts[0]);
      }
    }

    /** RFC 8853 §5.1: alternatives after commas, streams after semicolons; '~' is paused. */
    private void simulcast(String value) {
      String[] parts = value.split(" +");
      for (int i = 0; i + 1 < parts.length; i += 2) {
        if (parts[i].equals("send")) {
          for (String stream : parts[i + 1].split(";")) {
            simulcast.add(stream.split(",", 2)[0].replace("~", ""));
          }
        }
      }
    }

    private void ssrc(String value) throws WebRtcException {
      int ssrc = SdpLine.ssrc(value);
      if (!ssrcs.contains(ssrc)) {
        if (ssrcs.size() >= MAX_SSRCS) {
          throw WebRtcException.limit(SdpLine.FORMAT, "too many SSRCs", MAX_SSRCS);
        }
        ssrcs.add(ssrc);
      }
    }

    private void ssrcGroup(String value) throws WebRtcException {
      String[] parts = value.split(" +");
      // RFC 5576 §4.2, RFC 4588 §8.8
      if (parts.length == 3 && parts[0].equals("FID") && repairOf.size() < MAX_SSRCS) {
        repairOf.put(SdpLine.ssrc(parts[2]), SdpLine.ssrc(parts[1]));
      }
    }

    MediaSection build(String kind, int port, String protocol, String firstFormat)
        throws WebRtcException {
      Map<Integer, PayloadFormat> formats = new LinkedHashMap<>();
      for (Map.Entry<Integer, String[]> map : maps.entrySet()) {
        String fmtp = fmtps.getOrDefault(map.getKey(), "");
        formats.put(
            map.getKey(),
            new PayloadFormat(
                map.getKey(),
                map.getValue()[0],
                SdpLine.number(map.getValue()[1]),
                parameters(fmtp),
                fmtp));
      }
      List<String> layers = simulcast.stream().filter(rids::contains).distinct().toList();
      ssrcs.removeAll(repairOf.keySet());
      return new MediaSection(
          kind,
          port,
          bundleOnly,
          protocol,
          firstFormat,
          mid,
          direction,
          rtcpMux,
          rtcpReducedSize,
          mixedExtensions,
          formats,
          extensions,
          feedback,
          layers,
          ssrcs,
          repairOf,
          transport);
    }

    private static Map<String, String> parameters(String fmtp) {
      Map<String, String> found = new HashMap<>();
      Arrays.stream(fmtp.split(";"))
          .map(String::trim)
          .filter(part -> !part.isEmpty())
          .forEach(
              part -> {
                int equals = part.indexOf('=');
                String name = equals < 0 ? "" : part.substring(0, equals);
                found.put(name.toLowerCase(Locale.ROOT), part.substring(equals + 1));
              });
      return found;
    }
  }
}
