package io.rostrum.contracts.timeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Something that is so from now on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fact.Publisher.class, name = "publisher"),
  @JsonSubTypes.Type(value = Fact.Open.class, name = "open"),
  @JsonSubTypes.Type(value = Fact.Close.class, name = "close"),
  @JsonSubTypes.Type(value = Fact.Stored.class, name = "stored"),
  @JsonSubTypes.Type(value = Fact.End.class, name = "end"),
  @JsonSubTypes.Type(value = Fact.Revised.class, name = "revised"),
})
public sealed interface Fact {
  /**
   * Ticks per second of the broadcast's media clock, which {@code startTicks} and segment durations
   * are on.
   */
  int CLOCK_HZ = 90_000;

  /** The reason of gaps in segments that nobody published: the publisher was away. */
  String GAP_PUBLISHER_AWAY = "PUBLISHER_AWAY";

  /**
   * The publisher came or went.
   *
   * @param connected whether somebody publishes from here on
   * @param publication the publication that came or went
   * @param protocol how it came in, e.g. {@code RTMP}
   * @param reason why it went; null where it came
   * @param at wall-clock time of the change; what {@code autoEnd} is counted from
   */
  record Publisher(
      boolean connected, String publication, String protocol, String reason, Instant at)
      implements Fact {}

  /**
   * A segment starts: its order and number are fixed before any part of it is visible.
   *
   * @param msn media sequence number
   * @param discontinuity whether EXT-X-DISCONTINUITY stands before it
   * @param discontinuitySequence discontinuities up to and with this one
   * @param pdt wall-clock time of its first sample
   * @param startTicks media time of its first sample, 90 kHz
   * @param publication the publication it comes from; null for a segment that nobody published: the
   *     publisher is away, and every rendition is a gap
   * @param inits the init segment of each rendition, by its hash
   * @param newInits the bytes of those init segments that no earlier fact of this broadcast
   *     carried, by hash
   * @param ladder the renditions, in the first fact of a broadcast only, fixed for its life; null
   *     later
   * @param mediaOffset an offset of the broadcast's partition of the media topic, at or before its
   *     first part
   */
  record Open(
      long msn,
      boolean discontinuity,
      long discontinuitySequence,
      Instant pdt,
      long startTicks,
      String publication,
      Map<String, String> inits,
      Map<String, byte[]> newInits,
      List<Rendition> ladder,
      long mediaOffset)
      implements Fact {
    public Open {
      inits = inits == null ? Map.of() : Map.copyOf(inits);
      newInits = newInits == null ? Map.of() : Map.copyOf(newInits);
      ladder = ladder == null ? null : List.copyOf(ladder);
    }
  }

  /**
   * A segment is complete and belongs into playlists.
   *
   * @param msn media sequence number
   * @param durationTicks its exact duration on the leading track, 90 kHz
   * @param renditions what became of it in each rendition of the ladder
   */
  record Close(long msn, long durationTicks, Map<String, SegmentRendition> renditions)
      implements Fact {
    public Close {
      renditions = Map.copyOf(renditions);
    }
  }

  /**
   * The bytes of a segment are in the object store. Moves offsets, and adds to the storyboard.
   *
   * @param msn media sequence number
   * @param keys object key per rendition that is not a gap, and that of {@link #PICTURES} where
   *     they are kept
   * @param thumbnails its small pictures; null where it has none
   */
  record Stored(long msn, Map<String, String> keys, Thumbnails thumbnails) implements Fact {
    /**
     * In place of a rendition's name: the publisher's coded pictures, kept where the segment has no
     * {@code source} that they could be taken from, so that it can be encoded later.
     */
    public static final String PICTURES = "pictures";

    public Stored {
      keys = Map.copyOf(keys);
    }

    /** Of a segment without thumbnails. */
    public Stored(long msn, Map<String, String> keys) {
      this(msn, keys, null);
    }
  }

  /**
   * The small pictures of a segment, one below the other in one JPEG.
   *
   * @param key object key of the JPEG
   * @param ticks media time from which each is shown, 90 kHz, from top to bottom
   * @param width of a picture in pixels
   * @param height of a picture in pixels
   * @param pitch pixels from the top of a picture to the top of the next one
   * @param sheet the sheet that this segment completes; null for most
   * @param poster object key of the picture that stands for the whole broadcast, if it is taken
   *     from this segment; null otherwise, and in all facts but one
   */
  record Thumbnails(
      String key,
      List<Long> ticks,
      int width,
      int height,
      int pitch,
      ThumbnailSheet sheet,
      String poster) {
    public Thumbnails {
      ticks = List.copyOf(ticks);
    }
  }

  /**
   * The small pictures of many segments in one JPEG, one below the other in their order: of all
   * segments that have some, from {@code firstMsn} to the one whose fact this is in. The segments'
   * own JPEGs stay.
   *
   * @param key object key
   * @param firstMsn the first segment in it
   */
  record ThumbnailSheet(String key, long firstMsn) {}

  /**
   * The broadcast is over: nothing follows but {@code stored}, and later {@code revised}.
   *
   * @param reason why
   * @param segments how many segments the recording has: those at the end that nobody published do
   *     not belong to it, though they have numbers
   * @param durationTicks sum of their durations, 90 kHz
   * @param at wall-clock time of the end
   */
  record End(Reason reason, long segments, long durationTicks, Instant at) implements Fact {
    /** Why a broadcast ended. */
    public enum Reason {
      /** A producer ended it. */
      REQUESTED,
      /** The publisher was away for longer than {@code autoEnd}. */
      PUBLISHER_AWAY
    }
  }

  /**
   * The recording has been gone over, after {@code end} and after everything was stored: what was
   * left out live was encoded, or another ladder was. Numbers, times and bytes of what was there
   * before stay as they are.
   *
   * @param revision number of the newest revision, 0 where nothing could be bettered and the
   *     recording stays what was broadcast
   * @param key object key of that revision's timeline: facts as those of the broadcast itself,
   *     complete in themselves
   * @param sha256 lower-case hexadecimal SHA-256 of that object; null for revision 0
   * @param gaps how many segments still lack an encoded rendition though somebody published
   * @param repair id of the request that this answers; null where nobody asked
   * @param problem why what was asked for could not be done, for people; null where it was
   * @param at wall-clock time
   */
  record Revised(
      int revision, String key, String sha256, long gaps, String repair, String problem, Instant at)
      implements Fact {}

  /**
   * What became of a segment in one rendition.
   *
   * @param gap null where there is media; else why there is none, as shown to operators
   * @param durationTicks exact duration in ticks of {@code timescale}; the segment's own where it
   *     is a gap
   * @param timescale ticks per second
   * @param bytes size of the segment, the sum of its parts; 0 for a gap
   * @param sha256 lower-case hexadecimal SHA-256 of the segment's bytes; null for a gap
   * @param parts its parts in order; empty for a gap
   */
  record SegmentRendition(
      String gap, long durationTicks, int timescale, long bytes, String sha256, List<Part> parts) {
    public SegmentRendition {
      parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** A rendition that has no media in this segment. */
    public static SegmentRendition gap(String reason, long durationTicks) {
      return new SegmentRendition(reason, durationTicks, CLOCK_HZ, 0, null, List.of());
    }

    /**
     * Whether there is no media. (Not named as a bean's getter: Jackson would take it for the
     * property {@code gap}.)
     */
    public boolean withoutMedia() {
      return gap != null;
    }
  }

  /**
   * A part as playlists name it.
   *
   * @param bytes its size
   * @param durationTicks in ticks of the rendition's timescale
   * @param independent whether it holds an independently decodable frame
   */
  record Part(long bytes, long durationTicks, boolean independent) {}

  /** The segment a fact is about, -1 where it is about none. */
  default long segmentMsn() {
    if (this instanceof Open open) {
      return open.msn();
    }
    if (this instanceof Close close) {
      return close.msn();
    }
    return this instanceof Stored stored ? stored.msn() : -1;
  }
}
