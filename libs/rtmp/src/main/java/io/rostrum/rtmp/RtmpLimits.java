package io.rostrum.rtmp;

/**
 * How much one peer may make this codec hold or do.
 *
 * @param maxMessageBytes longest message accepted, in bytes of payload
 * @param maxChunkStreams most chunk stream ids one connection may use
 * @param maxBufferedBytes most memory for messages of one connection that are not yet complete, in
 *     bytes
 * @param maxAmfDepth deepest nesting of AMF objects and arrays
 * @param maxAmfValues most AMF values in one message
 */
public record RtmpLimits(
    int maxMessageBytes,
    int maxChunkStreams,
    int maxBufferedBytes,
    int maxAmfDepth,
    int maxAmfValues) {

  private static final int COMMAND_BYTES = 64 * 1024;

  private static final RtmpLimits DEFAULTS =
      new RtmpLimits(12 * 1024 * 1024, 64, 24 * 1024 * 1024, 16, 4096);

  public RtmpLimits {
    if (maxMessageBytes < 1 || maxMessageBytes > 0xFFFFFF) {
      throw new IllegalArgumentException(
          "maxMessageBytes must be 1 to 16777215, is " + maxMessageBytes);
    }
    if (maxChunkStreams < 1 || maxAmfDepth < 1 || maxAmfValues < 1) {
      throw new IllegalArgumentException("every limit must be at least 1");
    }
    if (maxBufferedBytes < maxMessageBytes) {
      throw new IllegalArgumentException(
          "maxBufferedBytes must hold at least one message of maxMessageBytes");
    }
  }

  /**
   * The same for a peer that has not been let in yet: commands are small, and anybody may connect.
   * 64 KiB a message and a connection, if these limits allow as much.
   */
  public RtmpLimits beforePublishing() {
    return new RtmpLimits(
        Math.min(maxMessageBytes, COMMAND_BYTES),
        maxChunkStreams,
        Math.min(maxBufferedBytes, COMMAND_BYTES),
        maxAmfDepth,
        maxAmfValues);
  }

  /** 12 MiB a message, 24 MiB a connection, 64 chunk streams, AMF 16 deep and 4096 values long. */
  public static RtmpLimits defaults() {
    return DEFAULTS;
  }
}
