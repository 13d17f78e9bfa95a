import type Hls from 'hls.js';

/** The two internals of hls.js that the fix reaches for. */
interface Tracker {
  detectEvictedFragments(
    stream: string,
    timeRange: TimeRanges,
    playlistType: string,
    appendedFragment?: unknown,
    appendedPart?: { fragment: { sn: number | 'initSegment' } } | null,
    removeAppending?: boolean,
  ): void;
}

/**
 * Keeps hls.js 1.7.4 from requesting one part over and over while it plays the first segment of a broadcast.
 *
 * `FragmentTracker.detectEvictedFragments` leaves out what is not newer than the segment of the part just appended, but
 * reads its number as `sn || -1`: for segment 0 it leaves out nothing, forgets the very part it has appended, and loads it
 * again about a hundred times a second until the segment has left the part list. Our segments count from 0, and everyone
 * who waited for the start is there at that moment. Looking for evicted media can wait for the next append, so for parts
 * of segment 0 it is skipped. To be removed with the hls.js release that mends it; the browser check watches for repeated
 * requests.
 */
export function mendFirstSegment(hls: Hls): void {
  const { streamController } = hls as unknown as { streamController?: { fragmentTracker?: Tracker } };
  const tracker = streamController?.fragmentTracker;
  if (typeof tracker?.detectEvictedFragments !== 'function') return;
  const original = tracker.detectEvictedFragments.bind(tracker);
  tracker.detectEvictedFragments = (stream, timeRange, type, fragment, part, removeAppending) => {
    if (part?.fragment.sn === 0) return;
    original(stream, timeRange, type, fragment, part, removeAppending);
  };
}
