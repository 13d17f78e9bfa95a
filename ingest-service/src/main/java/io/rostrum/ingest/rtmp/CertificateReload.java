package io.rostrum.ingest.rtmp;

import io.rostrum.ingest.IngestConfig;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks at the files of the RTMPS certificate now and then, and gives a changed one to the server's
 * key: connections that are open keep what they have, new ones get the new one. What cannot be used
 * is said once and changes nothing. Belongs to the server's event loop.
 */
final class CertificateReload {

  private static final Logger LOG = Logger.getLogger(CertificateReload.class);

  private final Vertx vertx;
  private final IngestConfig.Rtmps config;
  private final RenewableKey key;
  private RtmpsCertificate current;
  private RtmpsCertificate settling;
  private String trouble = "";

  CertificateReload(
      Vertx vertx, IngestConfig.Rtmps config, RenewableKey key, RtmpsCertificate current) {
    this.vertx = vertx;
    this.config = config;
    this.key = key;
    this.current = current;
  }

  void start() {
    vertx.setPeriodic(config.reloadPeriod().toMillis(), id -> look());
  }

  private void look() {
    vertx
        .executeBlocking(this::read)
        .onSuccess(found -> found.ifPresent(this::consider))
        .onFailure(this::report);
  }

  private Optional<RtmpsCertificate> read() throws Exception {
    Optional<RtmpsCertificate> found = RtmpsCertificate.read(config);
    if (found.isPresent()) {
      found.get().keys(vertx);
    }
    return found;
  }

  /**
   * Certificate and key are replaced one after the other, and each is written in pieces: only what
   * was the same at two looks belongs together.
   */
  private void consider(RtmpsCertificate found) {
    boolean changed = !found.isLike(current);
    if (changed && settling != null && found.isLike(settling)) {
      use(found);
    }
    settling = changed ? found : null;
  }

  private void use(RtmpsCertificate next) {
    vertx
        .executeBlocking(() -> next.keys(vertx))
        .onSuccess(
            keys -> {
              key.renew(keys);
              current = next;
              trouble = "";
              LOG.info("RTMPS certificate changed: new connections get the new one");
            })
        .onFailure(this::report);
  }

  private void report(Throwable e) {
    String now = String.valueOf(e.getMessage());
    if (!now.equals(trouble)) {
      LOG.warnf(
          "RTMPS certificate cannot be read anew, the old one stays in use; mend the files named by"
              + " rostrum.ingest.rtmps error=%s",
          now);
    }
    trouble = now;
  }
}
