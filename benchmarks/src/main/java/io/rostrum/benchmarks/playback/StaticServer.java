package io.rostrum.benchmarks.playback;

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

/** nginx with files: the same bytes, by sendfile, with the headers that playback sends. */
final class StaticServer implements AutoCloseable {
  private final int port;
  private final Path files;
  private final TiedProcess process;

  private StaticServer(int port, Path files, TiedProcess process) {
    this.port = port;
    this.files = files;
    this.process = process;
  }

  static StaticServer start()
      throws MissingProgram, IOException, InterruptedException, StartFailure {
    Path nginx = Executables.find("nginx", "Debian and Ubuntu: sudo apt-get install nginx-light.");
    int port = FreePort.next();
    Path folder = Files.createTempDirectory("rostrum-bench-static-");
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        user %s;
        daemon off;
        worker_processes 1;
        pid %s/nginx.pid;
        error_log stderr warn;
        events { worker_connections 4096; }
        http {
          access_log off;
          sendfile on;
          tcp_nopush on;
          keepalive_requests 1000000;
          client_body_temp_path %s/body;
          proxy_temp_path %s/proxy;
          fastcgi_temp_path %s/fastcgi;
          uwsgi_temp_path %s/uwsgi;
          scgi_temp_path %s/scgi;
          types { application/vnd.apple.mpegurl m3u8; video/mp4 m4s; }
          server {
            listen 127.0.0.1:%d;
            root %s;
            gzip_static on;
            add_header Access-Control-Allow-Origin *;
            add_header Cache-Control "public, max-age=1";
          }
        }
        """
            .formatted(
                System.getProperty("user.name"),
                folder,
                folder,
                folder,
                folder,
                folder,
                folder,
                port,
                files));
    Program program =
        Program.of(
            "nginx",
            List.of(nginx.toString(), "-p", folder.toString(), "-c", folder + "/nginx.conf"),
            Map.of(),
            folder,
            () -> new Socket("127.0.0.1", port).close(),
            Duration.ofSeconds(20));
    return new StaticServer(
        port, files, TiedProcess.start(program, folder.resolve("nginx.log"), folder));
  }

  /** Puts a file there and gives its address. */
  String put(String name, byte[] bytes) throws IOException {
    Files.write(files.resolve(name), bytes);
    return "http://127.0.0.1:" + port + "/" + name;
  }

  Usage usage() throws IOException {
    return Usage.of(process.pid().value());
  }

  @Override
  public void close() {
    process.close();
  }
}
