package io.rostrum.playback.broadcast;

import io.rostrum.contracts.timeline.Rendition;
import io.rostrum.hls.PlaylistState;

/**
 * One rendition of a broadcast at one moment. Immutable.
 *
 * @param rendition what it is
 * @param index its place in the ladder
 * @param lastMsn the last closed segment; -1 before the first
 * @param lastParts how many parts that segment has in this rendition, those of a gap among them
 * @param openParts how many parts of the segment after it are there, without holes
 * @param event the playlist from the start
 * @param live the sliding playlist
 * @param iframes its I-frames from the start; null for a rendition without pictures
 * @param liveIframes its I-frames in the sliding window; null likewise
 */
public record TrackView(
    Rendition rendition,
    int index,
    long lastMsn,
    int lastParts,
    int openParts,
    PlaylistState event,
    PlaylistState live,
    PlaylistState iframes,
    PlaylistState liveIframes) {}
