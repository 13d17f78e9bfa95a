package io.rostrum.benchmarks.ingest;

import io.rostrum.benchmarks.MissingProgram;
import io.rostrum.benchmarks.process.Executables;
import io.rostrum.benchmarks.process.Usage;
import io.rostrum.localstack.process.FreePort;
import io.rostrum.localstack.process.Program;
import io.rostrum.localstack.process.StartFailure;
import io.rostrum.localstack.process.TiedProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** nginx with its RTMP module: takes streams and hands them to nobody. */
final class NginxTarget implements Target {
  private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");
  private static final String ADVICE =
      "Debian and Ubuntu: sudo apt-get install nginx-light libnginx-mod-rtmp.";

  private final int port;
  private final TiedProcess process;
  private final int keys;

  private NginxTarget(int port, TiedProcess process, int keys) {
    this.port = port;
    this.process = process;
    this.keys = keys;
  }

  static NginxTarget start(int keys)
      throws MissingProgram, IOException, InterruptedException, StartFailure {
    Path nginx = Executables.find("nginx", ADVICE);
    if (!Files.exists(MODULE)) {
      throw new MissingProgram("nginx has no RTMP module. " + ADVICE);
    }
    int port = FreePort.next();
    Path folder = Files.createTempDirectory("rostrum-bench-nginx-");
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        load_module %s;
        user %s;
        daemon off;
        worker_processes 1;
        pid %s/nginx.pid;
        error_log stderr warn;
        events { worker_connections 1024; }
        rtmp {
          server {
            listen 127.0.0.1:%d;
            chunk_size 4096;
            access_log off;
            application live { live on; }
          }
        }
        """
            .formatted(MODULE, System.getProperty("user.name"), folder, port));
    List<String> command =
        List.of(nginx.toString(), "-p", folder.toString(), "-c", folder + "/nginx.conf");
    Program program =
        Program.of(
            "nginx",
            command,
            Map.of(),
            folder,
            () -> new Socket("127.0.0.1", port).close(),
            Duration.ofSeconds(20));
    return new NginxTarget(
        port, TiedProcess.start(program, folder.resolve("nginx.log"), folder), keys);
  }

  @Override
  public String name() {
    return "nginx-rtmp";
  }

  @Override
  public int rtmpPort() {
    return port;
  }

  @Override
  public String app() {
    return "live";
  }

  @Override
  public List<String> keys() {
    return IntStream.range(0, keys).mapToObj(i -> "stream" + i).toList();
  }

  @Override
  public Usage usage() throws IOException {
    return Usage.of(process.pid().value());
  }

  @Override
  public Usage othersUsage() {
    return new Usage(0, 0, System.nanoTime());
  }

  @Override
  public void close() {
    process.close();
  }
}
