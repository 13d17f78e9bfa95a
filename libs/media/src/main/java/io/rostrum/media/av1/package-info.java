/**
 * AV1 headers, as far as passing it through needs them: picture size and frame rate from the
 * sequence header.
 */
package io.rostrum.media.av1;
