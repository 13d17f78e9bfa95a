package io.rostrum.transcode.broadcast;

import io.rostrum.media.AudioFormat;
import io.rostrum.media.MalformedMediaException;
import io.rostrum.media.Track;
import io.rostrum.media.TrackFormat;
import io.rostrum.media.VideoFormat;
import io.rostrum.media.cmaf.InitSegment;
import io.rostrum.transcode.ladder.Ladder;
import io.rostrum.transcode.ladder.LadderFactory;
import io.rostrum.transcode.segment.PublicationTracks;
import io.rostrum.transcode.store.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The init segments of a broadcast's renditions, by the hash that names them in URLs, object keys
 * and facts.
 */
public final class Inits {
  private static final int TRACK_ID = 1;
  private static final int HASH_CHARACTERS = 16;

  private final Map<String, byte[]> byHash = new HashMap<>();

  /** The bytes behind a hash that this instance made. */
  public byte[] bytes(String hash) {
    return byHash.get(hash);
  }

  /** The init segment of what is passed through from a publication: its hash. */
  String passedThrough(String rendition, PublicationTracks tracks) {
    return add(rendition.equals(Ladder.AUDIO) ? tracks.audio() : tracks.video());
  }

  /** The init segment of an encoded rendition: its hash. */
  public String encoded(byte[] avcC) {
    return add(format(avcC));
  }

  /** The init segment of encoded audio: its hash. */
  String encodedAudio(byte[] config) {
    try {
      return add(AudioFormat.ofAac(config));
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("the codec worker's own header cannot be read", e);
    }
  }

  /** What a rung's encoder says that it writes. */
  public static VideoFormat format(byte[] avcC) {
    try {
      return VideoFormat.ofAvc(avcC, LadderFactory.VIDEO_TIMESCALE);
    } catch (MalformedMediaException e) {
      throw new IllegalStateException("the codec worker's own header cannot be read", e);
    }
  }

  private String add(TrackFormat format) {
    byte[] init = InitSegment.write(List.of(new Track(TRACK_ID, format)));
    String hash = hash(init);
    byHash.put(hash, init);
    return hash;
  }

  private static String hash(byte[] bytes) {
    return Sha256.hex(bytes).substring(0, HASH_CHARACTERS);
  }
}
