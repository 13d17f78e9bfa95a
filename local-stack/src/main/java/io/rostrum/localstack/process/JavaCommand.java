package io.rostrum.localstack.process;

import java.nio.file.Path;
import java.util.List;

/** Command lines that run Java programs with the JDK this program runs on. */
public final class JavaCommand {

  private JavaCommand() {}

  /** The {@code java} executable. */
  public static String executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The home of the JDK. */
  public static String home() {
    return System.getProperty("java.home");
  }

  private static final int START_HEAP_MIB = 64;

  /**
   * Options of every JVM of the stack. Many of them share two cores: each starts with few threads
   * and gives memory back. What all of them need for their classes and for the first minute is
   * there from the start: growing into it takes dozens of full collections of 50 to 150 ms.
   *
   * @param maxHeapMib -Xmx
   */
  public static List<String> options(int maxHeapMib) {
    return List.of(
        "-Xmx" + maxHeapMib + "m",
        "-Xms" + Math.min(START_HEAP_MIB, maxHeapMib) + "m",
        "-XX:MetaspaceSize=96m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        // Otherwise a JVM that is killed leaves a file in the system's temporary directory.
        "-XX:-UsePerfData",
        "-Djava.awt.headless=true");
  }

  /**
   * More options, to stand behind those: of a JVM whose first minute matters more than its tenth.
   * The optimizing compiler takes both cores for seconds just when the first event begins, and what
   * runs on one machine for everybody to see never gets the load that would pay it back.
   */
  public static List<String> quickFromTheStart() {
    return List.of("-XX:TieredStopAtLevel=1");
  }

  /**
   * More options, to stand behind those: of a JVM whose data live for seconds and then are garbage.
   * In a young generation that has room for them most die there; else they pile up in the old one,
   * and each time that is collected everything stops for 50 ms and more.
   *
   * @param youngMib room for what is made in several times as long as it lives
   */
  public static List<String> roomForYoung(int youngMib) {
    return List.of("-Xms" + 2 * youngMib + "m", "-Xmn" + youngMib + "m");
  }
}
