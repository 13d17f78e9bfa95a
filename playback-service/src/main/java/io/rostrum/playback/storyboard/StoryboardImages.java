package io.rostrum.playback.storyboard;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rostrum.contracts.storage.ObjectKeys;
import io.rostrum.playback.storage.ObjectStore;
import io.rostrum.playback.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * The JPEGs of storyboards, from the object store. The most recently used are kept within a bound;
 * concurrent requests for one share a read.
 */
@ApplicationScoped
public class StoryboardImages {
  private static final long MAX_BYTES = 32L * 1024 * 1024;
  private static final int MAX_IMAGE_BYTES = 4 * 1024 * 1024;

  /** What transcode calls them: the hash of their content makes each name mean one picture. */
  private static final Pattern NAME =
      Pattern.compile("((sheet-)?[0-9]{8,12}|poster)-[0-9a-f]{16}\\.jpg");

  private final ObjectStore objects;
  private final AsyncCache<String, byte[]> recent =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((String key, byte[] jpeg) -> 128 + jpeg.length)
          .buildAsync();

  /**
   * @param objects where they are
   */
  public StoryboardImages(ObjectStore objects) {
    this.objects = objects;
  }

  /** Whether {@code text} has the form of a picture's name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * The picture's bytes, shared: nobody writes to them. Fails with {@link StorageException}.
   *
   * @param name of the form of {@link #isName}
   */
  public CompletableFuture<byte[]> load(String broadcast, String name) {
    return recent.get(
        ObjectKeys.storyboard(broadcast, name),
        (key, executor) -> objects.read(key, in -> read(key, in)));
  }

  private static byte[] read(String key, InputStream in) throws IOException {
    byte[] jpeg = in.readNBytes(MAX_IMAGE_BYTES + 1);
    if (jpeg.length > MAX_IMAGE_BYTES) {
      throw new StorageException(
          StorageException.Kind.CORRUPT, "over " + MAX_IMAGE_BYTES + " bytes: " + key, null);
    }
    return jpeg;
  }
}
