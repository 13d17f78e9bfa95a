package io.rostrum.system.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environment variables a service reads, from its sources: {@code @ConfigMapping} interfaces,
 * {@code @ConfigProperty} and the keys of {@code application.properties}.
 */
final class ConfigNames {

  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);
  private static final Pattern MAPPING =
      Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
  private static final Pattern INTERFACE = Pattern.compile("interface (\\w+) \\{");
  private static final Pattern METHOD =
      Pattern.compile("((?:@\\w+(?:\\(\"[^\"]*\"\\))?\\s+)*)([\\w<>]+) (\\w+)\\(\\);");
  private static final Pattern NAME = Pattern.compile("@WithName\\(\"([^\"]+)\"\\)");

  private final Set<String> known = new TreeSet<>();
  private final Set<String> required = new TreeSet<>();

  ConfigNames(String service) {
    Path sources = DeployFiles.path(service + "-service/src/main");
    try (Stream<Path> files = Files.walk(sources.resolve("java"))) {
      files.filter(file -> file.toString().endsWith(".java")).forEach(this::readSource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DeployFiles.all(
            DeployFiles.read(sources.resolve("resources/application.properties")),
            "^([\\w.-]+)\\s*=")
        .forEach(key -> known.add(variable(key.group(1))));
    // Quarkus' own, where the service leaves it at its default.
    known.add("QUARKUS_HTTP_HOST");
    known.add("QUARKUS_HTTP_PORT");
  }

  /** All that it reads. */
  Set<String> known() {
    return known;
  }

  /** Those without which it does not start. */
  Set<String> required() {
    return required;
  }

  private void readSource(Path file) {
    String source = COMMENT.matcher(DeployFiles.read(file)).replaceAll("");
    DeployFiles.all(source, "@ConfigProperty\\(\\s*name = \"([^\"]+)\"")
        .forEach(property -> known.add(variable(property.group(1))));
    Matcher mapping = MAPPING.matcher(source);
    if (mapping.find()) {
      Map<String, String> bodies = new HashMap<>();
      String outermost = collect(source.substring(mapping.end()), bodies);
      names(mapping.group(1), outermost, bodies);
    }
  }

  /** Takes interfaces out of the text, with their bodies by name; tells the name of the first. */
  private static String collect(String text, Map<String, String> bodies) {
    Matcher header = INTERFACE.matcher(text);
    String first = null;
    String rest = text;
    while (header.find()) {
      int end = closing(rest, header.end());
      String name = header.group(1);
      first = first == null ? name : first;
      String body = rest.substring(header.end(), end);
      collect(body, bodies);
      bodies.put(name, withoutInterfaces(body));
      rest = rest.substring(end);
      header = INTERFACE.matcher(rest);
    }
    return first;
  }

  private static String withoutInterfaces(String body) {
    Matcher nested = INTERFACE.matcher(body);
    return nested.find()
        ? body.substring(0, nested.start())
            + withoutInterfaces(body.substring(closing(body, nested.end()) + 1))
        : body;
  }

  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new AssertionError("an interface without an end");
  }

  private void names(String prefix, String type, Map<String, String> bodies) {
    Matcher method = METHOD.matcher(bodies.get(type));
    while (method.find()) {
      String annotations = method.group(1);
      Matcher name = NAME.matcher(annotations);
      String property = prefix + "." + (name.find() ? name.group(1) : kebab(method.group(3)));
      if (bodies.containsKey(method.group(2))) {
        names(property, method.group(2), bodies);
      } else {
        known.add(variable(property));
        if (!annotations.contains("@WithDefault") && !method.group(2).startsWith("Optional")) {
          required.add(variable(property));
        }
      }
    }
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
