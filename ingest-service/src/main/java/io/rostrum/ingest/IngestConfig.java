package io.rostrum.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the ingest service. Sizes are in bytes. */
@ConfigMapping(prefix = "rostrum.ingest")
public interface IngestConfig {

  Rtmp rtmp();

  Rtmps rtmps();

  Webrtc webrtc();

  Source source();

  Guesses guesses();

  /**
   * How long a node that is shutting down waits for its publishers to leave before it ends their
   * publications. Default 30 s; 0 waits for nobody. Whoever stops the process must give it some
   * seconds more than this.
   */
  @WithDefault("30s")
  Duration drainTimeout();

  /**
   * PART-TARGET of broadcasts that start from now on, 200 ms to 1 s. Default 500 ms. Shorter parts
   * bring the picture sooner (players stay three parts behind) for more requests a second. It must
   * hold whole frames for at least 85 % of it at every publisher's frame rate: 500 ms, 334 ms and
   * 200 ms do at 15, 24, 25, 30, 50 and 60 frames/s. A broadcast that has begun keeps what it began
   * with.
   */
  @WithDefault("500ms")
  Duration partTarget();

  /** The RTMP port. */
  interface Rtmp {
    /** Address to listen on. Default 127.0.0.1: a deployment names the one publishers reach. */
    @WithDefault("127.0.0.1")
    String host();

    /** TCP port. Default 1935; 0 takes any free one. */
    @WithDefault("1935")
    int port();

    /**
     * Most connections at once. Default 500; each that publishes may cost {@link
     * #maxBufferedBytes()}.
     */
    @WithDefault("500")
    int maxConnections();

    /**
     * Most connections from one address. Default 50: studios and cloud services share addresses.
     */
    @WithDefault("50")
    int maxConnectionsPerAddress();

    /**
     * Longest message. Default 7 MiB; an access unit must fit into a Kafka record of 8 MiB with its
     * headers.
     */
    @WithDefault("7340032")
    int maxMessageBytes();

    /** Most memory for incomplete messages of one connection. Default 16 MiB. */
    @WithDefault("16777216")
    int maxBufferedBytes();

    /** Most chunk stream ids of one connection. Default 64; encoders use five. */
    @WithDefault("64")
    int maxChunkStreams();

    /** Deepest nesting of objects and arrays in a command. Default 16. */
    @WithDefault("16")
    int maxAmfDepth();

    /** Most values in one command. Default 4096. */
    @WithDefault("4096")
    int maxAmfValues();

    /**
     * From the connection to the end of the RTMP handshake, and as much for that of TLS. Default 10
     * s.
     */
    @WithDefault("10s")
    Duration handshakeTimeout();

    /** A publisher that sends no media for so long is gone. Default 15 s. */
    @WithDefault("15s")
    Duration idleTimeout();

    /** From the connection to its first media. Default 20 s. */
    @WithDefault("20s")
    Duration firstMediaTimeout();

    /**
     * How long what comes in may lie before it is read, so that many messages are read at once: 5
     * ms for every ten connections, and this at the most. Default 50 ms, which a hundred
     * connections reach; 0 reads all at once, at twice the cost of processor time with many
     * publishers.
     */
    @WithDefault("50ms")
    Duration readPeriod();
  }

  /** RTMP over TLS, on the address of {@link Rtmp#host()}. */
  interface Rtmps {
    /** TCP port. Default 1936; 0 takes any free one. */
    @WithDefault("1936")
    int port();

    /**
     * PKCS #12 file with the certificate and its key. RTMPS is off without this and {@link
     * #certificate()}; setting both is an error.
     */
    Optional<Path> keystore();

    /** The file's password. */
    Optional<String> keystorePassword();

    /** PEM file with the certificate and those of its issuers; needs {@link #key()}. */
    Optional<Path> certificate();

    /** PEM file with the certificate's unencrypted key (PKCS #8). */
    Optional<Path> key();

    /**
     * How often the files are looked at; a changed certificate is taken for new connections.
     * Default 10 s.
     */
    @WithDefault("10s")
    Duration reloadPeriod();
  }

  /** WHIP: its UDP port, and what sessions may cost. Its requests come to the HTTP port. */
  interface Webrtc {
    /**
     * Addresses to listen on. Default 127.0.0.1; 0.0.0.0 and :: stand for all addresses of the
     * machine, of their family, since each needs a socket of its own.
     */
    @WithDefault("127.0.0.1")
    List<String> host();

    /** UDP port, on each address. Default 8189; 0 takes any free one. */
    @WithDefault("8189")
    int port();

    /**
     * Numeric addresses to announce in place of those listened on: behind a NAT, or in a container,
     * those that the port is forwarded from. Default none.
     */
    Optional<List<String>> announce();

    /**
     * STUN and TURN servers that clients are told, as URIs ({@code stun:stun.example.org}, {@code
     * turns:turn.example.org:443?transport=tcp}). Default none: clients reach this server directly.
     * TURN servers need {@link #turn()}.
     */
    Optional<List<String>> iceServers();

    Turn turn();

    /** Most sessions at once. Default 200. */
    @WithDefault("200")
    int maxSessions();

    /** Most sessions from one address. Default 20. */
    @WithDefault("20")
    int maxSessionsPerAddress();

    /** From the answer until media can come. Default 20 s. */
    @WithDefault("20s")
    Duration connectTimeout();

    /** A publisher from which nothing authentic comes for so long is gone. Default 15 s. */
    @WithDefault("15s")
    Duration silenceTimeout();

    /**
     * What browsers begin to send with, in kilobits per second, until they have found out how much
     * the way bears. Default 2500.
     */
    @WithDefault("2500")
    int startKilobitsPerSecond();

    /** Most media of one session that is held before its keys are agreed on. Default 1 MiB. */
    @WithDefault("1048576")
    int maxEarlyBytes();
  }

  /** How clients sign in at the TURN servers of {@link Webrtc#iceServers()}. */
  interface Turn {
    /** The same name for all clients; needs {@link #credential()}. */
    Optional<String> username();

    /** Its password. Every publisher gets to know it. */
    Optional<String> credential();

    /**
     * Shared with the TURN servers (coturn: {@code use-auth-secret}, {@code static-auth-secret}):
     * each client gets a name and a password of its own that expire. Better than {@link
     * #username()}; setting both is an error.
     */
    Optional<String> secret();

    /**
     * How long names made with {@link #secret()} are good for. Default 1 day: longer than a
     * broadcast, since a client keeps its own until it publishes again.
     */
    @WithDefault("1d")
    Duration lifetime();
  }

  /** Delivery to the source topic. */
  interface Source {
    /**
     * What one publication may have on its way to Kafka before its connection is read no further.
     * Default 8 MiB: 25 s of a 2.5 Mb/s stream.
     */
    @WithDefault("8388608")
    int maxInFlightBytes();

    /**
     * The same for all publications together: what bounds the memory that they take while Kafka is
     * slow or away. Default 64 MiB, to be changed along with the heap.
     */
    @WithDefault("67108864")
    long maxTotalInFlightBytes();

    /**
     * How long a record may take, retries included, before its publication is ended. Default 30 s:
     * longer than a broker takes to restart.
     */
    @WithDefault("30s")
    Duration deliveryTimeout();

    /** Memory of the producer for all publications. Default 64 MiB. */
    @WithDefault("67108864")
    long bufferBytes();
  }

  /** Protection of stream keys against guessing. */
  interface Guesses {
    /** Wrong keys one address may try in a row. Default 10. */
    @WithDefault("10")
    int allowed();

    /** After this time one more is allowed. Default 6 s. */
    @WithDefault("6s")
    Duration refill();
  }
}
