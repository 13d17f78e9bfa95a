/**
 * The edge of the local stack: one origin for web app, API, media and WHIP, in clear text and over
 * TLS with HTTP/2, as an ingress does it in production. A process of its own.
 */
package io.rostrum.localstack.edge;
