package io.rostrum.webrtc.rtp;

import io.rostrum.webrtc.payload.Codec;
import java.util.List;
import java.util.Map;

/**
 * What was agreed about one media section.
 *
 * @param mid its name; empty where it has none
 * @param payloadType of the media
 * @param repairType of its retransmissions, RFC 4588; -1 where there are none
 * @param nack whether missing packets may be asked for
 * @param layers RIDs of simulcast; empty without simulcast
 * @param ssrcs that the offer announced; may be empty
 * @param repairOf SSRCs of retransmissions, with those they repair
 * @param parameterSets of H.264, from {@code sprop-parameter-sets}
 */
public record TrackFormat(
    String mid,
    Codec codec,
    int payloadType,
    int repairType,
    boolean nack,
    List<String> layers,
    List<Integer> ssrcs,
    Map<Integer, Integer> repairOf,
    List<byte[]> parameterSets) {
  public TrackFormat {
    layers = List.copyOf(layers);
    ssrcs = List.copyOf(ssrcs);
    repairOf = Map.copyOf(repairOf);
    parameterSets = List.copyOf(parameterSets);
  }
}
