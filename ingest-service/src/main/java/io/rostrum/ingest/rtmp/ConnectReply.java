package io.rostrum.ingest.rtmp;

import io.rostrum.rtmp.amf0.Amf0Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of the {@code _result} to {@code connect}, RTMP 1.0 §7.2.1.1 and E-RTMP v2
 * "Enhancing NetConnection connect".
 */
final class ConnectReply {

  private static final int CAN_DECODE = 1;

  /** capsEx: this side asks to reconnect, or does so when asked. */
  private static final int RECONNECT = 1;

  // 2 multitrack (read; track 0 is used), 4 ModEx, 8 nanosecond offsets.
  private static final int CAPS_EX = RECONNECT | 2 | 4 | 8;

  private static final List<String> VIDEO = List.of("avc1", "hvc1", "av01", "vp09", "vp08");
  private static final List<String> AUDIO = List.of("mp4a", "Opus", "ac-3", "ec-3", "fLaC");

  private ConnectReply() {}

  /**
   * @param request the command object of {@code connect}
   */
  static List<Amf0Value> arguments(Amf0Value request) {
    Map<String, Amf0Value> properties = new LinkedHashMap<>();
    properties.put("fmsVer", Amf0Value.of("FMS/3,0,1,123"));
    properties.put("capabilities", Amf0Value.of(31));
    if (isEnhanced(request)) {
      properties.put("videoFourCcInfoMap", infoMap(VIDEO));
      properties.put("audioFourCcInfoMap", infoMap(AUDIO));
      properties.put("capsEx", Amf0Value.of(CAPS_EX));
    }
    Map<String, Amf0Value> information = new LinkedHashMap<>();
    information.put("level", Amf0Value.of("status"));
    information.put("code", Amf0Value.of("NetConnection.Connect.Success"));
    information.put("description", Amf0Value.of("Connected."));
    // AMF0, whatever was asked for: what follows in AMF3 messages is AMF0 inside.
    information.put("objectEncoding", Amf0Value.of(0));
    return List.of(new Amf0Value.Obj(properties), new Amf0Value.Obj(information));
  }

  private static boolean isEnhanced(Amf0Value request) {
    return request.member("fourCcList").isPresent()
        || request.member("videoFourCcInfoMap").isPresent()
        || request.member("audioFourCcInfoMap").isPresent()
        || request.member("capsEx").isPresent();
  }

  /**
   * Whether the sender of {@code connect} does as {@code ReconnectRequest} says: E-RTMP v2,
   * "capsEx".
   */
  static boolean canReconnect(Amf0Value request) {
    int caps =
        (int) request.member("capsEx").map(v -> v.asNumber().orElse(0)).orElse(0.0).doubleValue();
    return (caps & RECONNECT) != 0;
  }

  private static Amf0Value infoMap(List<String> fourCcs) {
    Map<String, Amf0Value> members = new LinkedHashMap<>();
    fourCcs.forEach(fourCc -> members.put(fourCc, Amf0Value.of(CAN_DECODE)));
    return new Amf0Value.Obj(members);
  }
}
