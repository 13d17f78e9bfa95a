package io.rostrum.system.deploy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What these tests need of {@code deploy/compose.yaml}, read by its indentation. */
final class ComposeFile {

  private final String text = DeployFiles.read("deploy/compose.yaml");

  String text() {
    return text;
  }

  /** The lines of one service. */
  String service(String name) {
    int start = text.indexOf("\n  " + name + ":\n");
    if (start < 0) {
      throw new AssertionError("compose.yaml has no service " + name);
    }
    StringBuilder block = new StringBuilder();
    text.substring(start + 1)
        .lines()
        .skip(1)
        .takeWhile(line -> line.isBlank() || line.startsWith("    ") || line.startsWith("  #"))
        .forEach(line -> block.append(line).append('\n'));
    return block.toString();
  }

  /** Its environment, names to values as they are written. */
  Map<String, String> environment(String service) {
    Map<String, String> environment = new LinkedHashMap<>();
    boolean inside = false;
    for (String line : service(service).lines().toList()) {
      if (line.equals("    environment:")) {
        inside = true;
      } else if (inside && !line.startsWith("      ")) {
        inside = false;
      } else if (inside && !line.strip().startsWith("#")) {
        String[] entry = line.strip().split(": ", 2);
        environment.put(entry[0], entry[1].replaceAll("^\"|\"$", ""));
      }
    }
    return environment;
  }

  String image(String service) {
    return DeployFiles.only(service(service), "^    image: (\\S+)$");
  }

  /** Variables of {@code .env}: names to what stands after them, {@code :?…} or {@code :-…}. */
  Map<String, String> variables() {
    return DeployFiles.all(text, "\\$\\{([A-Z_]+)(:[?-][^}]*)}")
        .collect(
            Collectors.toMap(
                match -> match.group(1),
                match -> match.group(2),
                (one, other) -> {
                  if (!one.equals(other)) {
                    throw new AssertionError("two defaults for one variable: " + one + other);
                  }
                  return one;
                }));
  }
}
