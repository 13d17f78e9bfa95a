package io.rostrum.localstack.launcher;

/** The ports of the stack with their numbers at offset 0. */
enum StackPort {
  EDGE("edge", "edge", 8080, Reach.PUBLIC),
  EDGE_TLS("edgeTls", "edge", 8443, Reach.PUBLIC),
  INGEST("ingest", "ingest", 8081, Reach.PUBLIC),
  RTMP("rtmp", "ingest", 1935, Reach.PUBLIC),
  RTMPS("rtmps", "ingest", 1936, Reach.PUBLIC),
  WEBRTC("webrtc", "ingest", 8189, Reach.PUBLIC_UDP),
  TRANSCODE("transcode", "transcode", 8082, Reach.PUBLIC),
  CATALOG("catalog", "catalog", 8083, Reach.PUBLIC),
  PLAYBACK("playback", "playback", 8084, Reach.PUBLIC),
  KEYCLOAK("keycloak", "keycloak", 8180, Reach.PUBLIC),
  KAFKA("kafka", "kafka", 9092, Reach.LOOPBACK),
  KAFKA_CONTROLLER("kafkaController", "kafka", 9093, Reach.LOOPBACK),
  POSTGRES("postgres", "postgres", 5433, Reach.LOOPBACK),
  S3("s3", "s3", 9000, Reach.LOOPBACK);

  /**
   * Who may connect. What has no access control of its own worth the name never leaves the machine.
   */
  enum Reach {
    /** On the address of {@code --bind}. */
    PUBLIC,
    /** The same for UDP. */
    PUBLIC_UDP,
    /** On loopback whatever {@code --bind} says. */
    LOOPBACK
  }

  private final String key;
  private final String process;
  private final int base;
  private final Reach reach;

  StackPort(String key, String process, int base, Reach reach) {
    this.key = key;
    this.process = process;
    this.base = base;
    this.reach = reach;
  }

  /** Its name in {@code stack.json}. */
  String key() {
    return key;
  }

  /** The process that listens on it. */
  String process() {
    return process;
  }

  int number(int offset) {
    return base + offset;
  }

  boolean isUdp() {
    return reach == Reach.PUBLIC_UDP;
  }

  boolean isLoopbackOnly() {
    return reach == Reach.LOOPBACK;
  }
}
