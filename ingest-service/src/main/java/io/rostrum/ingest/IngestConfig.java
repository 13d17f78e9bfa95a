package io.rostrum.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the ingest service. Sizes are in bytes. */
@ConfigMapping(prefix = "rostrum.ingest")
public interface IngestConfig {

  Rtmp rtmp();

  Rtmps rtmps();

  Source source();

  Guesses guesses();

  /** The RTMP port. */
  interface Rtmp {
    /** Address to listen on. Default 127.0.0.1: a deployment names the one publishers reach. */
    @WithDefault("127.0.0.1")
    String host();

    /** TCP port. Default 1935; 0 takes any free one. */
    @WithDefault("1935")
    int port();

    /**
     * Most connections at once. Default 500; each may cost {@link #maxBufferedBytes()} plus {@link
     * Source#maxInFlightBytes()}.
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

    /** A publisher that sends no media for so long is gone. Default 15 s. */
    @WithDefault("15s")
    Duration idleTimeout();

    /** From the connection to its first media. Default 20 s. */
    @WithDefault("20s")
    Duration firstMediaTimeout();
  }

  /** RTMP over TLS, on the address of {@link Rtmp#host()}. */
  interface Rtmps {
    /** TCP port. Default 1936; 0 takes any free one. */
    @WithDefault("1936")
    int port();

    /** PKCS #12 file with the certificate and its key; RTMPS is off without one. */
    Optional<Path> keystore();

    /** The file's password. */
    Optional<String> keystorePassword();
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
