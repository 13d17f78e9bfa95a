package io.rostrum.webrtc.sdp;

/**
 * Ids of the header extensions that are read; -1 where one is not in use. Ids are the same in all
 * sections that share a transport, RFC 9143 §9.
 *
 * @param mid RFC 9143 §15: names the section
 * @param rid RFC 8852 §3: names the layer
 * @param repairedRid RFC 8852 §3: names the layer that is repaired
 * @param transportSequence counts all packets, for congestion control
 */
public record HeaderExtensions(int mid, int rid, int repairedRid, int transportSequence) {

  static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
  static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
  static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
  static final String TRANSPORT_SEQUENCE =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  static HeaderExtensions of(MediaSection section) {
    return new HeaderExtensions(
        section.extensionId(MID).orElse(-1),
        section.extensionId(RID).orElse(-1),
        section.extensionId(REPAIRED_RID).orElse(-1),
        section.extensionId(TRANSPORT_SEQUENCE).orElse(-1));
  }

  HeaderExtensions or(HeaderExtensions other) {
    return new HeaderExtensions(
        mid < 0 ? other.mid : mid,
        rid < 0 ? other.rid : rid,
        repairedRid < 0 ? other.repairedRid : repairedRid,
        transportSequence < 0 ? other.transportSequence : transportSequence);
  }
}
