package io.rostrum.localstack.launcher;

import io.rostrum.localstack.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * The self-signed certificate of this stack, for the edge and for RTMPS: made once per data
 * directory and address.
 *
 * @param data the data directory
 * @param network the stack's addresses
 * @param password of the key store
 */
record TlsKeyStore(DataDirectory data, Network network, String password) {

  private static final long KEYTOOL_WITHIN_SECONDS = 60;

  Path file() {
    return data.of("tls").resolve("server.p12");
  }

  /** Makes it if there is none, or none for this address. Several components may ask at once. */
  void create() throws IOException, InterruptedException, StartFailure {
    synchronized (TlsKeyStore.class) {
      Path madeFor = data.of("tls").resolve("address");
      if (Files.exists(file())
          && Files.exists(madeFor)
          && Files.readString(madeFor).equals(network.publicHost())) {
        return;
      }
      Files.createDirectories(file().getParent());
      Path fresh = file().resolveSibling("server.p12.new");
      Files.deleteIfExists(fresh);
      keytool(fresh);
      Files.move(fresh, file(), StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(madeFor, network.publicHost());
    }
  }

  private void keytool(Path target) throws IOException, InterruptedException, StartFailure {
    String host = network.publicHost().replace("[", "").replace("]", "");
    String kind = host.matches("[0-9.]+|.*:.*") ? "ip:" : "dns:";
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "rostrum",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "825",
                "-storetype",
                "PKCS12",
                "-keystore",
                target.toString(),
                "-storepass:env",
                "ROSTRUM_STORE_PASSWORD",
                "-dname",
                "CN=Rostrum local stack",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1," + kind + host)
            .redirectErrorStream(true);
    builder.environment().put("ROSTRUM_STORE_PASSWORD", password);
    Process keytool = builder.start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (!keytool.waitFor(KEYTOOL_WITHIN_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new StartFailure("The TLS certificate could not be made:\n" + output.indent(4));
    }
  }
}
