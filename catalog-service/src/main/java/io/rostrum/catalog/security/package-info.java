/** Who is calling: roles, user name and groups of the bearer token. */
package io.rostrum.catalog.security;
