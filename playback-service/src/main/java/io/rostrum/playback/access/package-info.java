/** Who may watch: the audience of the broadcast, held against the playback token of the request. */
package io.rostrum.playback.access;
