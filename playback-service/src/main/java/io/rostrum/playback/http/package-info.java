/** HTTP: routes, playlists, media, problems, the web app. */
package io.rostrum.playback.http;
