/**
 * Parts of the renditions on their way from transcode to playback: the values of the {@code media}
 * topic.
 */
package io.rostrum.contracts.media;
