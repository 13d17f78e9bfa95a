package io.rostrum.ingest.whip;

import io.rostrum.contracts.Ids;
import io.rostrum.ingest.IngestConfig;
import io.rostrum.ingest.publish.Admission;
import io.rostrum.ingest.publish.CloseReason;
import io.rostrum.ingest.publish.Refusal;
import io.rostrum.webrtc.WebRtcException;
import io.rostrum.webrtc.dtls.DtlsIdentity;
import io.rostrum.webrtc.ice.IceCredentials;
import io.rostrum.webrtc.peer.SessionLimits;
import io.rostrum.webrtc.peer.UdpPort;
import io.rostrum.webrtc.sdp.Answer;
import io.rostrum.webrtc.sdp.Answerer;
import io.rostrum.webrtc.sdp.Candidate;
import io.rostrum.webrtc.sdp.SessionDescription;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The WHIP sessions of this node and the UDP port they share. Thread safe. */
@ApplicationScoped
public class WhipSessions {

  private static final Logger LOG = Logger.getLogger(WhipSessions.class);
  private static final int MAX_TOMBSTONES = 1_000;
  private static final long DRAIN_SECONDS = 8;

  /** What a client is told of its session. */
  record Opened(SessionName name, String entityTag, String sdp) {}

  /** A session and what its next PATCH must name. */
  private record Entry(WhipSession session, String remoteUfrag, String entityTag) {}

  private final WhipParts parts;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Entry> sessions = new ConcurrentHashMap<>();
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
  // Clients close their connection before they delete the session: they must not hear of an error.
  private final Map<String, CloseReason> tombstones =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, CloseReason> eldest) {
              return size() > MAX_TOMBSTONES;
            }
          });
  private volatile UdpPort port;
  private volatile DtlsIdentity identity;
  private volatile List<Candidate> candidates = List.of();

  WhipSessions(WhipParts parts) {
    this.parts = parts;
    parts.metrics().gaugeMapSize("rostrum.ingest.whip.sessions", List.of(), sessions);
  }

  /**
   * Opens the UDP port.
   *
   * @throws IllegalStateException if it cannot be had; the message says what to do
   */
  public void start() {
    IngestConfig.Webrtc config = parts.config().webrtc();
    try {
      List<InetSocketAddress> addresses = ListenAddresses.of(config.host(), config.port());
      port = UdpPort.open(addresses);
      identity = DtlsIdentity.generate(random);
      candidates =
          ListenAddresses.candidates(port.addresses(), config.announce().orElse(List.of()));
    } catch (IOException e) {
      throw new IllegalStateException(
          ("UDP port %d of %s cannot be opened (%s): stop what uses it, or set"
                  + " rostrum.ingest.webrtc.port or rostrum.ingest.webrtc.host")
              .formatted(config.port(), config.host(), e.getMessage()),
          e);
    }
    rehearse();
    LOG.infof("Listening for WebRTC addresses=%s announced=%s", port.addresses(), candidates);
  }

  /** So that the first publisher of this process is on air as soon as the next. */
  private void rehearse() {
    Thread thread = new Thread(this::rehearseNow, "whip-rehearsal");
    thread.setDaemon(true);
    thread.start();
  }

  private void rehearseNow() {
    long began = System.nanoTime();
    try {
      long frames = WhipRehearsal.run(identity, parts.config().webrtc().startKilobitsPerSecond());
      LOG.debugf(
          "Publishing rehearsed frames=%d ms=%d",
          frames, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // The first publisher waits a second longer, that is all.
      LOG.infof("Publishing could not be rehearsed error=%s", e);
    }
  }

  /** Whether sessions can be opened. */
  public boolean isListening() {
    return port != null;
  }

  /** The UDP port that is open on the first address; -1 while none is. */
  public int udpPort() {
    UdpPort open = port;
    return open == null ? -1 : open.addresses().get(0).getPort();
  }

  /** Ends all sessions, waits until Kafka has their ends, and closes the port. */
  public void stop() {
    UdpPort open = port;
    port = null;
    if (open == null) {
      return;
    }
    CompletableFuture<?>[] ends =
        sessions.values().stream()
            .map(e -> e.session().stop(CloseReason.SHUT_DOWN, false).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(DRAIN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("WHIP sessions did not end in time error=%s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.close();
  }

  /**
   * Answers an offer.
   *
   * @param address where it came from
   * @param client how the publisher names itself
   */
  Opened open(String offer, Admission.Granted granted, String address, String client)
      throws ProblemException {
    UdpPort open = port;
    if (open == null) {
      throw new ProblemException(Problem.of(Refusal.NOT_READY));
    }
    String id = Ids.newSecret();
    reserve(address);
    try {
      Answer answer = answer(offer);
      WhipSession session = new WhipSession(parts, open, id, address, client, granted, this::gone);
      SessionLimits limits =
          new SessionLimits(
              parts.config().webrtc().connectTimeout(),
              parts.config().webrtc().silenceTimeout(),
              parts.config().webrtc().maxEarlyBytes());
      session.transport(open.connect(answer, identity, limits, session));
      String tag = entityTag(answer.local());
      sessions.put(id, new Entry(session, answer.remoteUfrag(), tag));
      LOG.infof(
          "WHIP session opened broadcast=%s key=%s session=%s remote=%s client=%s media=%s",
          granted.broadcastId(), granted.keyId(), id, address, client, answer);
      return new Opened(new SessionName(parts.node(), id), tag, answer.sdp());
    } catch (WebRtcException e) {
      unreserve(address);
      throw new ProblemException(offerProblem(e));
    }
  }

  private void reserve(String address) throws ProblemException {
    IngestConfig.Webrtc limits = parts.config().webrtc();
    int fromAddress = byAddress.merge(address, 1, Integer::sum);
    if (sessions.size() >= limits.maxSessions() || fromAddress > limits.maxSessionsPerAddress()) {
      unreserve(address);
      throw new ProblemException(Problem.of(Refusal.TOO_MANY_CONNECTIONS));
    }
  }

  private void unreserve(String address) {
    byAddress.computeIfPresent(address, (a, n) -> n > 1 ? n - 1 : null);
  }

  private Answer answer(String offer) throws WebRtcException {
    Answerer answerer =
        new Answerer(
            identity.fingerprint(), candidates, parts.config().webrtc().startKilobitsPerSecond());
    return answerer.answer(
        SessionDescription.parse(offer),
        IceCredentials.random(random),
        random.nextLong() & Long.MAX_VALUE);
  }

  private static Problem offerProblem(WebRtcException e) {
    return e.kind() == WebRtcException.Kind.UNSUPPORTED
        ? new Problem(406, "Nothing in common", e.getMessage())
        : new Problem(400, "Offer cannot be used", e.getMessage());
  }

  private static String entityTag(IceCredentials local) {
    return '"' + local.ufrag() + '"';
  }

  private void gone(WhipSession session) {
    if (sessions.remove(session.name()) != null) {
      tombstones.put(session.name(), session.reason());
      unreserve(session.address());
    }
  }

  /** The broadcast of a session that goes on. */
  Optional<String> broadcastOf(String id) {
    return Optional.ofNullable(sessions.get(id)).map(e -> e.session().granted().broadcastId());
  }

  /** What the next PATCH must name; empty where there is no such session. */
  Optional<String> entityTag(String id) {
    return Optional.ofNullable(sessions.get(id)).map(Entry::entityTag);
  }

  /** The name of the client in the last offer or restart; empty where there is no such session. */
  Optional<String> remoteUfrag(String id) {
    return Optional.ofNullable(sessions.get(id)).map(Entry::remoteUfrag);
  }

  /** Why there is no such session. */
  Problem whyGone(String id) {
    CloseReason reason = tombstones.get(id);
    return reason == null ? Problem.unknownSession() : Problem.gone(reason);
  }

  /** New credentials for a session that goes on, RFC 9725 §4.3.3. */
  Optional<IceRestart> restart(String id, String remoteUfrag) {
    UdpPort open = port;
    IceCredentials local = IceCredentials.random(random);
    Entry changed =
        sessions.computeIfPresent(
            id, (key, entry) -> new Entry(entry.session(), remoteUfrag, entityTag(local)));
    if (open == null || changed == null) {
      return Optional.empty();
    }
    open.execute(() -> changed.session().transport().restartIce(local));
    return Optional.of(new IceRestart(changed.entityTag(), local, candidates));
  }

  /** What a client is told of a restart. */
  record IceRestart(String entityTag, IceCredentials local, List<Candidate> candidates) {}

  /**
   * The client is done.
   *
   * @return whether there is, or was a moment ago, such a session
   */
  boolean delete(String id) {
    Entry entry = sessions.get(id);
    if (entry != null) {
      entry.session().stop(CloseReason.PUBLISHER_LEFT, false);
      return true;
    }
    return tombstones.containsKey(id);
  }

  /** Names of all sessions, for tests and operators. */
  public List<String> names() {
    return new ArrayList<>(sessions.keySet());
  }
}
