import type Hls from 'hls.js';

/** What hls.js knows of a segment that it has loaded, wholly or in parts. */
interface Tracked {
  readonly body: { readonly sn: number | 'initSegment'; readonly type: string };
  readonly buffered: boolean;
  /** What was loaded; null where that was a part. */
  loaded: unknown;
}

/** The internals of hls.js that the fix reaches for. */
interface Tracker {
  readonly fragments: Readonly<Record<string, Tracked | undefined>>;
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
 * Keeps `FragmentTracker.detectEvictedFragments` of hls.js 1.7.4 from forgetting parts that it has just loaded. To be removed
 * with the hls.js release that mends it; the browser check watches for repeated requests.
 *
 * **In the first segment of a broadcast** one part is requested over and over. After an append hls.js leaves out what is not
 * newer than the segment of that part, but reads its number as `sn || -1`: for segment 0 it leaves out nothing, forgets the
 * very part it has appended, and loads it again about a hundred times a second until the segment has left the part list. Our
 * segments count from 0, and everyone who waited for the start is there at that moment. Looking for evicted media can wait
 * for the next append, so for parts of segment 0 it is skipped.
 *
 * **After media that was played is removed**, every six seconds, nothing is left out. If a part is just between loaded and
 * buffered, its segment counts as not there, and all its parts as not loaded. hls.js then has nothing to load, since what it
 * looks for is buffered, and does not go on to the next segment: playback stalls at the segment's end for seconds. The
 * segment whose part is on its way is in the hands of the buffer, so it is left out here.
 */
export function mendPartTracking(hls: Hls): void {
  const { streamController } = hls as unknown as { streamController?: { fragmentTracker?: Tracker } };
  const tracker = streamController?.fragmentTracker;
  if (typeof tracker?.detectEvictedFragments !== 'function') return;
  const original = tracker.detectEvictedFragments.bind(tracker);
  tracker.detectEvictedFragments = (stream, timeRange, type, fragment, part, removeAppending) => {
    if (part?.fragment.sn === 0) return;
    const afterRemoval = !fragment && !part && !removeAppending;
    const coming = afterRemoval ? partsOnTheirWay(tracker, type) : null;
    // For this look it is as good as a whole segment that is loaded and not buffered yet.
    if (coming) coming.loaded = true;
    original(stream, timeRange, type, fragment, part, removeAppending);
    if (coming) coming.loaded = null;
  };
}

function partsOnTheirWay(tracker: Tracker, type: string): Tracked | null {
  const newest = Object.values(tracker.fragments)
    .filter((each): each is Tracked => each?.body.type === type)
    .reduce<Tracked | null>((last, each) => (last && Number(last.body.sn) > Number(each.body.sn) ? last : each), null);
  return newest && !newest.buffered && !newest.loaded ? newest : null;
}
