package io.rostrum.localstack.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A parsed command line. Options may stand before or after the command.
 *
 * @param command the first word that is no option; {@code help} if there is none
 * @param arguments the other words
 * @param data the data directory, absolute
 * @param portOffset added to every port
 * @param bind the address that viewers and presenters reach; null if not given, which means
 *     loopback or, for a stack that runs, the one it has
 * @param portOffsetGiven whether the offset was on the command line
 * @param detach whether to return once everything is ready
 * @param follow whether {@code logs} goes on
 * @param infraOnly whether to start Kafka, Postgres, S3 and Keycloak only
 */
record Options(
    String command,
    List<String> arguments,
    Path data,
    int portOffset,
    String bind,
    boolean portOffsetGiven,
    boolean detach,
    boolean follow,
    boolean infraOnly) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_OFFSET = 65_535 - 9_093;

  /**
   * Parses the words after {@code ./rostrum}.
   *
   * @param checkout the root of the checkout, where {@code .rostrum/} is
   * @param workingDirectory what a relative {@code --data} is relative to
   */
  static Options parse(List<String> words, Path checkout, Path workingDirectory)
      throws UsageException {
    List<String> plain = new ArrayList<>();
    Path data = checkout.resolve(".rostrum");
    int portOffset = 0;
    boolean portOffsetGiven = false;
    String bind = null;
    boolean detach = false;
    boolean follow = false;
    boolean infraOnly = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      switch (name) {
        case "--data", "--port-offset", "--bind", "--only" -> {
          String value = equals < 0 ? next(words, ++i, name) : word.substring(equals + 1);
          switch (name) {
            case "--data" -> data = workingDirectory.resolve(value);
            case "--port-offset" -> {
              portOffset = offset(value);
              portOffsetGiven = true;
            }
            case "--bind" -> bind = value;
            default -> infraOnly = only(value);
          }
        }
        case "--detach", "-d" -> detach = true;
        case "--follow", "-f" -> follow = true;
        case "--help", "-h" -> plain.add(0, "help");
        default -> {
          if (word.startsWith("-")) {
            throw new UsageException("Unknown option " + word + ". See ./rostrum help");
          }
          plain.add(word);
        }
      }
    }
    return new Options(
        plain.isEmpty() ? "help" : plain.get(0),
        plain.isEmpty() ? List.of() : List.copyOf(plain.subList(1, plain.size())),
        data.toAbsolutePath().normalize(),
        portOffset,
        bind,
        portOffsetGiven,
        detach,
        follow,
        infraOnly);
  }

  /** The address to bind for a stack that is started anew. */
  String bindOrLoopback() {
    return bind == null ? LOOPBACK : bind;
  }

  /** The only argument of the command. */
  String argument(String meaning) throws UsageException {
    if (arguments.size() != 1) {
      throw new UsageException("./rostrum " + command + " takes one argument: " + meaning);
    }
    return arguments.get(0);
  }

  /** Fails if the command was given arguments it does not take. */
  void noArguments() throws UsageException {
    if (!arguments.isEmpty()) {
      throw new UsageException(
          "./rostrum " + command + " takes no argument, but was given: " + arguments.get(0));
    }
  }

  private static String next(List<String> words, int index, String option) throws UsageException {
    if (index >= words.size()) {
      throw new UsageException(option + " needs a value");
    }
    return words.get(index);
  }

  private static int offset(String value) throws UsageException {
    try {
      int offset = Integer.parseInt(value);
      if (offset >= 0 && offset <= MAX_OFFSET) {
        return offset;
      }
    } catch (NumberFormatException ignored) {
      // Reported below, together with numbers out of range.
    }
    throw new UsageException(
        "--port-offset needs a number from 0 to " + MAX_OFFSET + ", but was given: " + value);
  }

  private static boolean only(String value) throws UsageException {
    if (!value.equals("infra")) {
      throw new UsageException("--only knows infra, but was given: " + value);
    }
    return true;
  }
}
