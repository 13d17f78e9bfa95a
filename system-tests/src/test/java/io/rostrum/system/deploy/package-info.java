/**
 * Keeps the files under {@code deploy/} true: names against the services' configuration, topics
 * against the contracts, versions against the build, and the edge's rules against a real nginx.
 */
package io.rostrum.system.deploy;
