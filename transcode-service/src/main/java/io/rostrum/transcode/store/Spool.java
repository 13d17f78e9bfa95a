package io.rostrum.transcode.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * Where bytes wait for an object store that is away, so that the memory is not filled by them. What
 * is in it is of use to this process only: after a restart it is made again from the source.
 *
 * <p>Thread safe.
 */
public final class Spool {
  private static final Logger LOG = Logger.getLogger(Spool.class);

  private final Path folder;

  /**
   * @param folder made when it is needed
   */
  public Spool(Path folder) {
    this.folder = folder;
  }

  /**
   * Puts bytes away.
   *
   * @return what gives them back; the same bytes from memory where the disk does not take them
   */
  Uploads.Content put(byte[] bytes) {
    Path file = null;
    try {
      Files.createDirectories(folder);
      file = Files.createTempFile(folder, "waiting-", ".m4s");
      // A process that is killed leaves them; the folder is for what may be deleted.
      file.toFile().deleteOnExit();
      Files.write(file, bytes);
      return new InFile(file);
    } catch (IOException e) {
      LOG.warnf(
          "A segment that waits for the object store stays in memory, the spool does not take it: folder=%s error=%s",
          folder, e);
      delete(file);
      return new Uploads.InMemory(bytes);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warnf("The spool cannot be cleaned: file=%s error=%s", file, e);
    }
  }

  record InFile(Path file) implements Uploads.Content {
    @Override
    public byte[] read() throws IOException {
      return Files.readAllBytes(file);
    }

    @Override
    public void close() {
      delete(file);
    }
  }
}
