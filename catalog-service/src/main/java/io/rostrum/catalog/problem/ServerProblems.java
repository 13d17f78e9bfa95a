package io.rostrum.catalog.problem;

import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What is not the caller's fault. The log has the cause; the answer has none of it. */
class ServerProblems {
  private static final Logger LOG = Logger.getLogger(ServerProblems.class);

  @ServerExceptionMapper
  Response internal(Throwable e) {
    if (isDatabaseAway(e)) {
      LOG.warnf("Request failed because the database is away error=%s", e.getMessage());
      return Problem.of(
              ProblemKind.DATABASE_AWAY,
              "Running broadcasts are not touched by it. Try again in a few seconds.")
          .toResponse();
    }
    String incident = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.errorf(e, "Request failed incident=%s", incident);
    return Problem.of(
            ProblemKind.INTERNAL,
            "Try again; if it lasts, look for incident " + incident + " in the catalog's log.")
        .toResponse();
  }

  /**
   * SQL states of PostgreSQL 17, appendix A: class 08 connection exception, 57P0x shutdown, 53300
   * too many connections.
   */
  private static boolean isDatabaseAway(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof SocketException) {
        return true;
      }
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState();
        // Without a state it comes from the pool: no connection could be had in time.
        if (state == null
            || state.startsWith("08")
            || state.startsWith("57P0")
            || state.equals("53300")) {
          return true;
        }
      }
    }
    return false;
  }
}
