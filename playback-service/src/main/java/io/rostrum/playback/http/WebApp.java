package io.rostrum.playback.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the web app needs around its files: its settings at {@code /config.json}, security headers,
 * and caching that never shows yesterday's page.
 */
@ApplicationScoped
public class WebApp {
  private static final String CLIENT_ID = "rostrum-web";

  private final Optional<String> authority;
  private final String contentSecurityPolicy;

  /**
   * @param configured {@code ROSTRUM_OIDC_AUTHORITY}: the identity provider as browsers reach it
   * @param fallback {@code QUARKUS_OIDC_AUTH_SERVER_URL}: as the services reach it
   * @param embedding whose pages may frame this one
   */
  public WebApp(
      @ConfigProperty(name = "rostrum.oidc.authority") Optional<String> configured,
      @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> fallback,
      Embedding embedding) {
    this.authority =
        configured.or(() -> fallback).map(String::strip).filter(address -> !address.isEmpty());
    String provider = authority.map(WebApp::origin).map(origin -> " " + origin).orElse("");
    this.contentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:;"
            + (" connect-src 'self'" + provider + "; frame-src 'self'" + provider + ";")
            + (" frame-ancestors " + embedding.frameAncestors() + ";")
            + " base-uri 'self'; object-src 'none'; form-action 'self'"
            + provider;
  }

  private static String origin(String address) {
    URI uri = URI.create(address);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  void register(@Observes Router router) {
    router.get("/config.json").order(-100).handler(this::config);
  }

  void filter(@Observes Filters filters) {
    filters.register(this::headers, 200);
  }

  private void config(RoutingContext ctx) {
    JsonObject config = new JsonObject();
    authority.ifPresent(
        address ->
            config.put(
                "oidc", new JsonObject().put("authority", address).put("clientId", CLIENT_ID)));
    ctx.response().putHeader("Content-Type", "application/json").end(config.toBuffer());
  }

  private void headers(RoutingContext ctx) {
    String path = ctx.request().path();
    if (path != null && !path.startsWith("/hls/") && !path.startsWith("/q/")) {
      MultiMap headers = ctx.response().headers();
      headers.set("Content-Security-Policy", contentSecurityPolicy);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      ctx.addHeadersEndHandler(end -> headers.set("Cache-Control", cacheControl(ctx, path)));
    }
    ctx.next();
  }

  /** Vite puts a hash into the names under assets; everything else keeps its name and changes. */
  private static String cacheControl(RoutingContext ctx, String path) {
    int status = ctx.response().getStatusCode();
    boolean hashed = path.startsWith("/assets/") && (status == 200 || status == 304);
    return hashed ? "public, " + Caching.IMMUTABLE : "no-cache";
  }
}
