package io.rostrum.system.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A service behind the edge that answers as a test says: HTTP/1.1 with kept connections, one thread
 * for each.
 */
final class StubService implements AutoCloseable {

  /**
   * @param path as the edge sent it, with the query
   * @param headers names in lower case
   */
  record Request(String method, String path, Map<String, String> headers) {}

  /**
   * @param headers without the length
   */
  record Response(int status, Map<String, String> headers, String body) {}

  private final ServerSocket socket;
  private final Function<Request, Response> answers;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final Future<?> acceptor;

  StubService(Function<Request, Response> answers) throws IOException {
    this.answers = answers;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor = threads.submit(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** All requests so far, in the order of their arrival. */
  List<Request> requests() {
    return requests;
  }

  /** How often {@code path} was asked for with GET. */
  long gets(String path) {
    return requests.stream()
        .filter(request -> request.method().equals("GET") && request.path().equals(path))
        .count();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      }
    } catch (IOException expected) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = connection.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] start = line.split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          int colon = line.indexOf(':');
          headers.put(
              line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        Request request = new Request(start[0], start[1], headers);
        requests.add(request);
        out.write(bytes(request, answers.apply(request)));
        out.flush();
      }
    } catch (IOException expected) {
      // The edge closed the connection, or the test is over.
    }
  }

  private static byte[] bytes(Request request, Response response) {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + response.status() + " X\r\n");
    response.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    text.append("Content-Length: " + response.body().length() + "\r\n\r\n");
    text.append(request.method().equals("HEAD") ? "" : response.body());
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws Exception {
    socket.close();
    // An accept under way can still take a connection, which nobody would ever answer.
    acceptor.get(20, TimeUnit.SECONDS);
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }
}
