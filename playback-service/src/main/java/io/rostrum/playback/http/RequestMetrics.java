package io.rostrum.playback.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts requests by what they name and by how they were answered; never by address. */
@ApplicationScoped
public class RequestMetrics {
  private final MeterRegistry registry;
  private final Map<Class<?>, Counter> kinds = new ConcurrentHashMap<>();
  private final Map<Integer, Counter> statuses = new ConcurrentHashMap<>();

  /**
   * @param registry where they are counted
   */
  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void asked(HlsTarget target) {
    kinds.computeIfAbsent(target.getClass(), this::kind).increment();
  }

  private Counter kind(Class<?> target) {
    return Counter.builder("rostrum.playback.requests")
        .description("Requests of admitted viewers, by what they name")
        .tag("kind", target.getSimpleName().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  void answered(int status) {
    statuses.computeIfAbsent(status, this::status).increment();
  }

  private Counter status(int status) {
    return Counter.builder("rostrum.playback.responses")
        .description("Responses, by status")
        .tag("status", Integer.toString(status))
        .register(registry);
  }
}
