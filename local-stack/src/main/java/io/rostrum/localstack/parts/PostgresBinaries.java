package io.rostrum.localstack.parts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks Postgres once per version, next to its archive. Several processes (tests of several
 * modules, the launcher) may ask at the same time: a file lock lets one unpack and the others wait.
 */
public final class PostgresBinaries {

  private PostgresBinaries() {}

  /**
   * Postgres' home, with {@code bin/initdb} and {@code bin/postgres}; unpacks it if that was not
   * done yet.
   *
   * @throws IOException if the archive cannot be read or the directory cannot be written
   */
  public static synchronized Path unpacked(Parts parts) throws IOException {
    Path archive = parts.postgresArchive();
    String version = archive.getFileName().toString().replaceAll("\\.jar$", "");
    Path home = archive.resolveSibling("home").resolve(version);
    if (Files.isDirectory(home)) {
      return home;
    }
    Files.createDirectories(home.getParent());
    try (FileChannel channel =
            FileChannel.open(
                home.resolveSibling(version + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.isDirectory(home)) {
        Path fresh = Files.createTempDirectory(home.getParent(), "unpacking");
        unpack(archive, fresh);
        Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return home;
  }

  private static void unpack(Path jar, Path target) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(".txz")) {
          untar(new XZInputStream(new BufferedInputStream(zip)), target);
          return;
        }
      }
    }
    throw new IOException(jar + " holds no .txz: not an archive of Postgres' binaries");
  }

  private static void untar(InputStream in, Path target) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = target.resolve(entry.getName()).normalize();
      if (!path.startsWith(target)) {
        throw new IOException("Entry points outside of the archive: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(path);
        continue;
      }
      Files.createDirectories(path.getParent());
      if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      } else {
        Files.copy(tar, path);
        Files.setPosixFilePermissions(path, permissions(entry.getMode()));
      }
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((mode & 0100) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }
}
