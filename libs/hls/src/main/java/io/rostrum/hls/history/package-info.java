/**
 * Watches a media playlist over time, as a player does, and says what a client may not be shown:
 * what one version breaks by itself, and what it breaks of those before it.
 *
 * <p>Specification: draft-pantos-hls-rfc8216bis-22, as in {@link io.rostrum.hls}. For tests and
 * load generators; no service needs it.
 */
package io.rostrum.hls.history;
