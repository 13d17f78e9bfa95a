package io.rostrum.localstack.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rostrum.localstack.process.Pid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code DIR/stack.json}: which processes were started, with which ports and addresses. The
 * commands of the launcher and scripts find the stack by it. It exists as long as the stack is
 * meant to run.
 *
 * @param network ports and addresses
 * @param infraOnly whether the stack was started without the services
 * @param startedAt when
 * @param processes the last start of each process, in the order of the first starts
 */
record StackFile(
    Network network, boolean infraOnly, Instant startedAt, Map<String, Pid> processes) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Reads it. Empty if there is none: the stack was never started, or taken down. */
  static Optional<StackFile> read(DataDirectory data) throws IOException {
    if (!Files.exists(data.stackFile())) {
      return Optional.empty();
    }
    JsonNode root = JSON.readTree(data.stackFile().toFile());
    Map<String, Pid> processes = new LinkedHashMap<>();
    for (JsonNode process : root.path("processes")) {
      processes.put(
          process.path("name").asText(),
          new Pid(process.path("pid").asLong(), Instant.parse(process.path("startedAt").asText())));
    }
    return Optional.of(
        new StackFile(
            new Network(root.path("bind").asText(), root.path("portOffset").asInt()),
            root.path("infraOnly").asBoolean(),
            Instant.parse(root.path("startedAt").asText()),
            processes));
  }

  /** The same with another start of a process. */
  StackFile with(String process, Pid pid) {
    Map<String, Pid> changed = new LinkedHashMap<>(processes);
    changed.put(process, pid);
    return new StackFile(network, infraOnly, startedAt, changed);
  }

  /**
   * Writes it and the process' pid files; readers see the old one or the new one, nothing between.
   */
  void write(DataDirectory data) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("startedAt", startedAt.toString());
    root.put("data", data.root().toString());
    root.put("bind", network.bind());
    root.put("portOffset", network.portOffset());
    root.put("infraOnly", infraOnly);
    ObjectNode addresses = root.putObject("addresses");
    Addresses.of(network).forEach(addresses::put);
    ObjectNode ports = root.putObject("ports");
    for (StackPort port : StackPort.values()) {
      ports.put(port.key(), network.port(port));
    }
    var list = root.putArray("processes");
    for (Map.Entry<String, Pid> process : processes.entrySet()) {
      list.add(process(data, process.getKey(), process.getValue()));
      Files.writeString(
          data.pidFile(process.getKey()), Long.toString(process.getValue().value()) + "\n");
    }
    Path fresh = data.stackFile().resolveSibling("stack.json.new");
    JSON.writeValue(fresh.toFile(), root);
    Files.move(
        fresh,
        data.stackFile(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private ObjectNode process(DataDirectory data, String name, Pid pid) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", name);
    node.put("pid", pid.value());
    node.put("startedAt", (pid.startedAt() == null ? startedAt : pid.startedAt()).toString());
    node.put("pidFile", data.pidFile(name).toString());
    node.put("log", data.log(name).toString());
    ObjectNode ports = node.putObject("ports");
    for (StackPort port : StackPort.values()) {
      if (port.process().equals(name)) {
        ports.put(port.key(), network.port(port));
      }
    }
    String address = Addresses.ofProcess(network, name);
    if (address != null) {
      node.put("address", address);
    }
    return node;
  }

  /** Removes it together with the pid files: nothing runs any more. */
  static void remove(DataDirectory data, Iterable<String> processes) throws IOException {
    for (String process : processes) {
      Files.deleteIfExists(data.pidFile(process));
    }
    Files.deleteIfExists(data.stackFile());
  }
}
