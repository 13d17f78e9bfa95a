package io.rostrum.codecworker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process has in use, natives and all; where the system says so (Linux). */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FIELD = "VmRSS:";

  private final boolean known = Files.isReadable(STATUS);

  /** Resident set in MiB; 0 where it is not known. */
  long mebibytes() {
    if (!known) {
      return 0;
    }
    try {
      // proc(5): "VmRSS:   123456 kB".
      for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(FIELD)) {
          String[] words = line.substring(FIELD.length()).trim().split(" ");
          return Long.parseLong(words[0]) / 1024;
        }
      }
    } catch (IOException | NumberFormatException ignored) {
      return 0;
    }
    return 0;
  }
}
