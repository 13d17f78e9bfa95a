package io.rostrum.transcode.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Settings of the transcoder. */
@ConfigMapping(prefix = "rostrum.transcode")
public interface TranscodeConfig {
  /** Consumer group: all instances that share the broadcasts. */
  @WithDefault("rostrum-transcode")
  String group();

  /** Name of this instance in health reports. */
  @WithDefault("transcode-1")
  String node();

  /**
   * After how long without a sign of life an instance's broadcasts go to another one. Not below the
   * broker's {@code group.min.session.timeout.ms}; a third of the 9 s failover budget.
   */
  @WithDefault("3s")
  Duration sessionTimeout();

  /**
   * The encoded renditions to choose from, best first: those that are smaller than the source are
   * taken, at most {@link #maxRungs()}; where the source itself is not offered to players, one at
   * its own height too.
   */
  @WithDefault("1080p,720p,480p,240p")
  List<String> rungs();

  /**
   * How many encoded renditions a broadcast gets, from the best one down. Each costs CPU for as
   * long as it is live: as a rule of thumb, 720p30 a third of a core, 480p a sixth, 240p a
   * fifteenth.
   */
  @WithDefault("4")
  int maxRungs();

  /**
   * Highest frame rate of encoded renditions, frames per second; faster sources are halved until
   * they fit.
   */
  @WithDefault("30")
  int maxFrameRate();

  /**
   * Size and frame rate that the pictures of a WebRTC publisher are brought to where it is the
   * first of its broadcast: they change with the network, the renditions do not.
   */
  @WithDefault("1280x720@30")
  String canvas();

  /** The x264 preset: slower ones look better per bit and cost more CPU. */
  @WithDefault("veryfast")
  String preset();

  /**
   * Longest time the codec child may take for one segment before the segment becomes a gap in what
   * it encodes.
   */
  @WithDefault("20s")
  Duration segmentTimeout();

  /**
   * How late the encoded renditions of a segment may be, counted from the end of its source, before
   * the segment becomes a gap in them; it is encoded after the event. Where that happens, the best
   * encoded rendition is left out for a while, and as long as it is, segments may be late by half
   * of this where something is passed through, which comes late by as much, less the length of a
   * part. With less, a moment's load costs a segment. Does not count while what was missed is made
   * up for after a broadcast was taken over or Kafka was away, 30 s at most.
   */
  @WithDefault("750ms")
  Duration deferAfter();

  /**
   * How long to wait for the codec child to start, before a broadcast goes on the air without
   * encoded renditions.
   */
  @WithDefault("15s")
  Duration workerStartTimeout();

  /**
   * Whether three codec children wait for the next broadcast to begin, which has its first picture
   * sooner for it: about a second where the machine has little to spare. Each takes 60 to 100 MB.
   */
  @WithDefault("true")
  boolean spareWorkers();

  /** The folder with {@code lib/*.jar} of the codec worker. */
  @WithDefault("../codec-worker/target/worker")
  Path workerHome();

  /** Heap of a codec child, as given to {@code -Xmx}. */
  @WithDefault("192m")
  String workerHeap();

  /**
   * Words before the command line of every codec child: what is passed through goes before what is
   * encoded where there is not processor enough for both.
   */
  @WithDefault("nice,-n,5")
  List<String> workerPrefix();

  /**
   * Words before those for a child that encodes live pictures where the publisher's own are passed
   * through: it gives way to sound, which every viewer needs and which costs little, and to
   * broadcasts that have nothing to fall back on.
   */
  @WithDefault("nice,-n,10")
  List<String> videoPrefix();

  /**
   * Words before the command line of a codec child that works on a recording after the event: it
   * gives way to what is live.
   */
  @WithDefault("nice,-n,19")
  List<String> revisionPrefix();

  /**
   * Longest time that such a child may take for one segment: longer than live, since it waits for
   * its turn.
   */
  @WithDefault("5m")
  Duration revisionSegmentTimeout();

  /**
   * After an end was asked for while a publisher is connected: how long the source may be silent
   * before the transcoder decides that its ingest node is gone, and ends the broadcast itself.
   */
  @WithDefault("3s")
  Duration endSilence();

  /**
   * How long the source of a connected publisher may be silent before its ingest node is taken as
   * gone. Ingest itself ends a silent publication after 15 s, and says so.
   */
  @WithDefault("20s")
  Duration publisherSilence();

  /**
   * Length of the segments without media that keep the playlists alive while the publisher is away:
   * one each time as much time has passed. Above 4.8 s players wait longer than they are willing to
   * for an answer, and above 6 s the playlists break their own promise (EXT-X-TARGETDURATION).
   */
  @WithDefault("4s")
  Duration awayGap();

  /** How many segments of one broadcast may wait for its codec child before reading pauses. */
  @WithDefault("3")
  int segmentsAhead();

  /**
   * The folder in which segments wait for an object store that is away, beyond a few that wait in
   * memory. Allow for 5 GB an hour and broadcast with the whole ladder; what a killed process left
   * there may be deleted.
   */
  @WithDefault("${java.io.tmpdir}/rostrum-transcode")
  Path spool();

  /**
   * How many facts a timeline page in the object store holds while the broadcast is live. The same
   * on all instances, and not to be changed while one is live.
   */
  @WithDefault("100")
  int factsPerPage();

  /** Small pictures for the time range of players. */
  Storyboard storyboard();

  /** Settings of the storyboard. Where nothing is encoded, there is none. */
  interface Storyboard {
    /** Media time from one thumbnail to the next, 100 ms to 60 s; one costs some 4 kB. */
    @WithDefault("5s")
    Duration interval();

    /** How many thumbnails make a sheet, 1 to 100: what a player loads at once. */
    @WithDefault("25")
    int perSheet();
  }
}
