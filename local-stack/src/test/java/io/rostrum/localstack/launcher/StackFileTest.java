package io.rostrum.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rostrum.localstack.process.Pid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {

  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678Z");

  @TempDir Path directory;
  private DataDirectory data;

  @BeforeEach
  void create() throws IOException {
    data = new DataDirectory(directory);
    data.create();
  }

  @Test
  void read_afterWrite_isTheSame() throws IOException {
    StackFile written = stack().with("kafka", new Pid(4711, STARTED));

    written.write(data);

    assertThat(StackFile.read(data)).contains(written);
  }

  @Test
  void write_process_isListedWithPidPortsAndAddress() throws IOException {
    stack().with("ingest", new Pid(4711, STARTED)).write(data);

    JsonNode root = new ObjectMapper().readTree(data.stackFile().toFile());
    JsonNode process = root.path("processes").path(0);
    assertThat(process.path("name").asText()).isEqualTo("ingest");
    assertThat(process.path("pid").asLong()).isEqualTo(4711);
    assertThat(process.path("ports").path("rtmp").asInt()).isEqualTo(2035);
    assertThat(process.path("address").asText()).isEqualTo("http://127.0.0.1:8181");
    assertThat(root.path("addresses").path("web").asText()).isEqualTo("http://127.0.0.1:8180");
    assertThat(root.path("ports").path("edgeTls").asInt()).isEqualTo(8543);
    assertThat(Files.readString(data.pidFile("ingest"))).isEqualTo("4711\n");
  }

  @Test
  void read_afterRemove_isEmpty() throws IOException {
    stack().with("kafka", new Pid(4711, STARTED)).write(data);

    StackFile.remove(data, List.of("kafka"));

    assertThat(StackFile.read(data)).isEmpty();
    assertThat(data.pidFile("kafka")).doesNotExist();
  }

  private static StackFile stack() {
    return new StackFile(new Network("127.0.0.1", 100), false, STARTED, Map.of());
  }
}
