package io.rostrum.playback.intake;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rostrum.contracts.Topic;
import io.rostrum.playback.broadcast.Broadcast;
import io.rostrum.playback.broadcast.Broadcasts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Starts the readers in an order that leaves nothing out, and says when the node is as far as the
 * others.
 *
 * <p>Intents first: they say who may see what. Then the ends of the media partitions are looked up,
 * and only then is the timeline read: a segment that opens after that has its parts behind those
 * ends. Media starts at the oldest offset that a segment of the timeline still needs, or else at
 * those ends. The node is ready once it has read all of that.
 */
@ApplicationScoped
public class Intake {
  private static final Logger LOG = Logger.getLogger(Intake.class);

  private final Broadcasts broadcasts;
  private final IntentReader intents;
  private final TimelineReader timeline;
  private final MediaReader media;
  private final String bootstrapServers;
  private final List<TopicFollower> followers = new CopyOnWriteArrayList<>();
  private final Thread starter = new Thread(this::startUp, "intake-start");
  private volatile boolean ready;
  private volatile boolean stopping;

  /**
   * @param bootstrapServers of Kafka
   */
  public Intake(
      Broadcasts broadcasts,
      IntentReader intents,
      TimelineReader timeline,
      MediaReader media,
      @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.broadcasts = broadcasts;
    this.intents = intents;
    this.timeline = timeline;
    this.media = media;
    this.bootstrapServers = bootstrapServers;
  }

  void start(@Observes StartupEvent event) {
    starter.setDaemon(true);
    starter.start();
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    starter.interrupt();
    timeline.stop();
    followers.forEach(TopicFollower::close);
  }

  /** Whether everything was read that was there when the node started. */
  public boolean ready() {
    return ready;
  }

  private void startUp() {
    try {
      long start = System.nanoTime();
      follow(Topic.BROADCASTS, false, Map.of(), intents::take);
      Map<Integer, Long> mediaFrom = mediaEnds();
      follow(Topic.TIMELINE, true, Map.of(), timeline::take);
      for (Broadcast broadcast : broadcasts.running()) {
        OptionalLong needed = broadcast.neededMediaOffset();
        Integer partition = timeline.partitionOf(broadcast.id());
        if (needed.isPresent() && partition != null) {
          mediaFrom.merge(partition, needed.getAsLong(), Math::min);
        }
      }
      follow(Topic.MEDIA, false, mediaFrom, media::take);
      ready = true;
      LOG.infof(
          "ready: topics are read to their ends: ms=%d broadcasts=%d",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), broadcasts.running().size());
    } catch (InterruptedException expected) {
      // Shut down before it was ready.
    } catch (ExecutionException e) {
      LOG.error("playback cannot start", e.getCause());
    }
  }

  private void follow(
      Topic topic, boolean readCommitted, Map<Integer, Long> from, TopicFollower.Taker taker)
      throws InterruptedException, ExecutionException {
    TopicFollower follower =
        new TopicFollower(topic, bootstrapServers, readCommitted, from, taker).start();
    followers.add(follower);
    follower.caughtUp().get();
  }

  private Map<Integer, Long> mediaEnds() throws InterruptedException {
    while (!stopping) {
      try {
        Map<Integer, Long> ends = TopicFollower.endOffsets(bootstrapServers, Topic.MEDIA);
        if (!ends.isEmpty()) {
          return ends;
        }
      } catch (org.apache.kafka.common.KafkaException e) {
        LOG.warnf("ends of the media topic are not known yet, trying again: error=%s", e);
      }
      TimeUnit.MILLISECONDS.sleep(1000); // Kafka is away, only time can pass.
    }
    return new HashMap<>();
  }
}
