/** What an operator can set. */
package io.rostrum.transcode.config;
