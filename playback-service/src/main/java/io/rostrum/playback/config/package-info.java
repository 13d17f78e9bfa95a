/** Settings of the service. */
package io.rostrum.playback.config;
