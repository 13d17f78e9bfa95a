package io.rostrum.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used up to a moment, with all its children. Linux only: read from /proc
 * (proc(5)).
 *
 * @param cpuSeconds user and system time
 * @param residentBytes memory in RAM, without pages it shares with others' files
 * @param nanoTime the moment
 */
public record Usage(double cpuSeconds, long residentBytes, long nanoTime) {
  // USER_HZ: what /proc counts in on every architecture of today's Linux.
  private static final double TICKS_PER_SECOND = 100;
  private static final int UTIME = 11;
  private static final int STIME = 12;
  private static final long PAGE_BYTES = 4096;

  /**
   * @param pid of the process
   */
  public static Usage of(long pid) throws IOException {
    List<Long> family =
        ProcessHandle.of(pid).stream()
            .flatMap(handle -> handle.descendants())
            .map(ProcessHandle::pid)
            .toList();
    double cpu = cpuSeconds(pid);
    long resident = residentBytes(pid);
    for (long child : family) {
      cpu += cpuSeconds(child);
      resident += residentBytes(child);
    }
    return new Usage(cpu, resident, System.nanoTime());
  }

  /** Share of one core since an earlier moment: 1 is a whole core. */
  public double coresSince(Usage earlier) {
    return (cpuSeconds - earlier.cpuSeconds) / ((nanoTime - earlier.nanoTime) / 1e9);
  }

  private static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The second field, the name, may hold anything: what counts starts behind its bracket.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
  }

  /** Memory in RAM of one process alone, as {@link #residentBytes()}. */
  public static long residentBytes(long pid) throws IOException {
    String[] pages = Files.readString(Path.of("/proc/" + pid + "/statm")).strip().split(" ");
    return Long.parseLong(pages[1]) * PAGE_BYTES;
  }
}
