package io.rostrum.rtmp.flv;

/** What a packet inside an audio or video tag is for. */
public enum PacketKind {
  /** Decoder configuration: avcC, hvcC, AudioSpecificConfig and the like. */
  SEQUENCE_START,
  /** One access unit. */
  CODED_FRAMES,
  /** The sender says that this coded sequence is over. */
  SEQUENCE_END,
  /**
   * Colour information, channel layouts, seek commands, MPEG-2 TS configuration: nothing to decode.
   */
  OTHER
}
