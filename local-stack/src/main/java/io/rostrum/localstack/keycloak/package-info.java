/** The identity provider: Keycloak with Rostrum's demo realm. */
package io.rostrum.localstack.keycloak;
