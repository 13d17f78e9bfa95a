package io.rostrum.benchmarks.playback;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Viewers that follow the parts of a live broadcast as a low-latency player does: a playlist
 * request that is held until the next part is there, then the part, then the next request. One
 * connection per viewer and rendition, one thread for all of them.
 */
final class ViewerSwarm implements AutoCloseable {
  private static final int READ_BYTES = 1 << 18;

  private final Selector selector;
  private final InetSocketAddress server;
  private final String path;
  private final ByteBuffer shared = ByteBuffer.allocateDirect(READ_BYTES);
  private final List<Track> tracks = new ArrayList<>();
  private final Samples samples = new Samples();
  private boolean measuring;
  private String firstError;

  ViewerSwarm(int port, String path) throws IOException {
    this.selector = Selector.open();
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.path = path;
  }

  /** What was seen while it was measured. */
  static final class Samples {
    long playlists;
    long parts;
    long bytes;
    long errors;

    /** Playlists that came before what was asked for was in them. */
    long early;

    private long[] partMicros = new long[1 << 16];

    private void part(long micros) {
      if (parts == partMicros.length) {
        partMicros = java.util.Arrays.copyOf(partMicros, 2 * partMicros.length);
      }
      partMicros[(int) parts++] = micros;
    }

    /** From the publication of a part to its last byte at the viewer, ascending. */
    double[] sortedPartMs() {
      return java.util.Arrays.stream(partMicros, 0, (int) parts)
          .sorted()
          .mapToDouble(micros -> micros / 1000.0)
          .toArray();
    }
  }

  Samples samples() {
    return samples;
  }

  /** The first thing that went wrong; null if nothing did. */
  String firstError() {
    return firstError;
  }

  /**
   * Adds viewers that ask for part {@code part} of segment {@code msn} first.
   *
   * @param followsParts whether they fetch parts and go on; otherwise they hold one playlist each
   */
  void join(int viewers, long msn, int part, boolean followsParts) throws IOException {
    for (int i = 0; i < viewers; i++) {
      tracks.add(new Track("source", msn, part, followsParts));
      if (followsParts) {
        tracks.add(new Track("audio", msn, part, true));
      }
      if (i % 64 == 63) { // the server's accept queue is finite
        turn(20);
      }
    }
  }

  /** Lets viewers do what they do for a while. */
  void run(long millis, boolean measure) throws IOException {
    measuring = measure;
    long end = System.nanoTime() + 1_000_000 * millis;
    for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      turn(left);
    }
    measuring = false;
  }

  private void turn(long millis) throws IOException {
    selector.select(Math.max(1, millis));
    for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
      SelectionKey key = keys.next();
      keys.remove();
      Track track = (Track) key.attachment();
      try {
        track.ready(key);
      } catch (IOException e) {
        key.cancel();
        track.channel.close();
        failed(track + ": " + e);
      }
    }
  }

  private void failed(String why) {
    samples.errors++;
    if (firstError == null) {
      firstError = why;
    }
  }

  /** How many wait for an answer. */
  long answered() {
    return tracks.stream().filter(track -> track.answers > 0).count();
  }

  @Override
  public void close() throws IOException {
    for (Track track : tracks) {
      track.channel.close();
    }
    selector.close();
  }

  /** One rendition of one viewer: one request at a time. */
  private final class Track {
    private final SocketChannel channel;
    private final String rendition;
    private final boolean followsParts;
    private final Response response = new Response();
    private long msn;
    private int part;
    private boolean fetching;
    private ByteBuffer request;
    private int answers;

    Track(String rendition, long msn, int part, boolean followsParts) throws IOException {
      this.rendition = rendition;
      this.msn = msn;
      this.part = part;
      this.followsParts = followsParts;
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(server);
      channel.register(selector, SelectionKey.OP_CONNECT, this);
    }

    @Override
    public String toString() {
      return rendition + " " + msn + "." + part + (fetching ? " part" : " playlist");
    }

    void ready(SelectionKey key) throws IOException {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        askPlaylist();
      } else if (key.isReadable()) {
        read(key);
      }
    }

    private void ask(String file) throws IOException {
      String text = "GET " + path + file + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      request = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (request.hasRemaining()) { // some hundred bytes always fit into a socket's buffer
        channel.write(request);
      }
      response.start();
    }

    private void askPlaylist() throws IOException {
      fetching = false;
      ask(rendition + ".m3u8?_HLS_msn=" + msn + "&_HLS_part=" + part + "&_HLS_skip=YES");
    }

    private void askPart() throws IOException {
      fetching = true;
      ask(rendition + "/" + msn + "." + part + ".m4s");
    }

    private void read(SelectionKey key) throws IOException {
      shared.clear();
      int read = channel.read(shared);
      if (read < 0) {
        key.cancel();
        failed(this + ": closed by the server");
        return;
      }
      shared.flip();
      if (measuring) {
        samples.bytes += read;
      }
      if (response.take(shared)) {
        answered();
      }
    }

    private void answered() throws IOException {
      answers++;
      if (response.status() != 200) {
        failed(this + ": status " + response.status());
        return;
      }
      if (!followsParts) {
        return;
      }
      if (fetching) {
        if (measuring) {
          samples.part((System.nanoTime() - response.stamp()) / 1000);
        }
        part++;
        askPlaylist();
      } else {
        playlist(response.text());
      }
    }

    private void playlist(String text) throws IOException {
      if (measuring) {
        samples.playlists++;
      }
      if (listed(text)) {
        askPart();
      } else if (text.contains("\n" + rendition + "/" + msn + ".m4s\n")) {
        msn++;
        part = 0;
        if (listed(text)) {
          askPart();
        } else {
          askPlaylist();
        }
      } else {
        if (measuring) {
          samples.early++;
        }
        askPlaylist();
      }
    }

    private boolean listed(String text) {
      return text.contains(uri()) && !text.contains("TYPE=PART," + uri());
    }

    private String uri() {
      return "URI=\"" + rendition + "/" + msn + "." + part + ".m4s\"";
    }
  }

  /** An HTTP/1.1 response with a Content-Length, as it comes in. */
  private static final class Response {
    private static final int KEPT = 16_384;

    private final byte[] head = new byte[2048];
    private byte[] body = new byte[0];
    private int headLength;
    private int status;
    private long bodyLength;
    private long received;

    void start() {
      headLength = 0;
      bodyLength = -1;
      received = 0;
    }

    /** Whether it is complete. */
    boolean take(ByteBuffer in) throws IOException {
      while (in.hasRemaining() && bodyLength < 0) {
        if (headLength == head.length) {
          throw new IOException("a response head longer than " + head.length + " bytes");
        }
        head[headLength++] = in.get();
        if (headLength >= 4 && head[headLength - 1] == '\n' && head[headLength - 3] == '\n') {
          parse(new String(head, 0, headLength, StandardCharsets.US_ASCII));
        }
      }
      int keep = (int) Math.min(in.remaining(), Math.max(0, body.length - received));
      if (bodyLength >= 0 && keep > 0) {
        in.get(body, (int) received, keep);
      }
      received += bodyLength < 0 ? 0 : keep + in.remaining();
      in.position(in.limit());
      return bodyLength >= 0 && received >= bodyLength;
    }

    private void parse(String text) throws IOException {
      status = Integer.parseInt(text.substring(9, 12));
      int at = text.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
      if (at < 0) {
        throw new IOException("a response without length");
      }
      bodyLength = Long.parseLong(text.substring(at + 16, text.indexOf('\r', at)));
      int keep = (int) Math.min(KEPT, bodyLength);
      if (body.length != keep) {
        body = new byte[keep];
      }
    }

    int status() {
      return status;
    }

    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** When the part was published. */
    long stamp() {
      return ByteBuffer.wrap(body).getLong();
    }
  }
}
