package io.rostrum.localstack.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a Postgres server to begin a session and hangs up at its first answer: a request for the
 * password means that it takes clients, an error that it still recovers. See "Message Formats" in
 * the PostgreSQL 17 documentation.
 */
final class PostgresProbe {

  private static final int PROTOCOL_3_0 = 196_608;
  private static final int TIMEOUT_MS = 1_000;

  private PostgresProbe() {}

  static void check(String host, int port, String user, String database) throws IOException {
    byte[] parameters =
        ("user\0" + user + "\0database\0" + database + "\0\0").getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(8 + parameters.length);
      out.writeInt(PROTOCOL_3_0);
      out.write(parameters);
      out.flush();
      int answer = new DataInputStream(socket.getInputStream()).read();
      if (answer != 'R') {
        throw new IOException("Postgres does not take clients yet");
      }
    }
  }
}
