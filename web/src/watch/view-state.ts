import type { BroadcastState, PublisherState } from '../api/broadcasts';

/** What the page shows; also `data-state` of the document element. */
export type WatchState = 'waiting' | 'live' | 'behind' | 'away' | 'replay' | 'ended' | 'denied' | 'signin' | 'error';

/** What refines a state; also `data-reason` of the document element. */
export type WatchReason =
  | 'connecting'
  | 'scheduled'
  | 'presenter'
  | 'preparing'
  | 'cancelled'
  | 'not-found'
  | 'network'
  | 'media'
  | 'unsupported'
  | 'publisher-away'
  | 'stalled';

export interface View {
  readonly state: WatchState;
  readonly reason: WatchReason | null;
}

/** All that the state follows from. Everything here is observed, nothing is remembered between two evaluations. */
export interface Facts {
  /** Whether the media may be fetched, as far as the last answer said. */
  readonly access: 'unknown' | 'granted' | 'signin' | 'denied';
  /** The playlist: not asked for yet, not there (404), growing, with ENDLIST, or no answer at all. */
  readonly playlist: 'unknown' | 'missing' | 'live' | 'ended' | 'unreachable';
  /** The catalog's word on the broadcast. `unknown` while it has not answered or is down. */
  readonly catalog:
    | 'unknown'
    | 'not-found'
    | { state: BroadcastState; publisher: PublisherState; startsAt: Date | null };
  /** Seconds behind the newest playable media; null before playback. */
  readonly behindSeconds: number | null;
  /** The playlist's end is a gap, or it has stopped growing. */
  readonly edge: 'moving' | 'gap' | 'stalled';
  /** A viewer who follows the edge has nothing to play: the edge has moved on, but not what leads to it. */
  readonly heldUp: boolean;
  /** The video element has reached the end of the finished broadcast. */
  readonly finished: boolean;
  /** What playback cannot go on with. Set only while nothing plays from the buffer. */
  readonly trouble: null | 'network' | 'media' | 'unsupported';
}

/** Behind this many seconds the viewer is no longer "live": the pill goes grey and the delay is shown. */
export const LIVE_TOLERANCE_SECONDS = 10;

/**
 * ```
 *            access                 playlist appears        presenter gone at the edge
 *  signin/denied <-- unknown --> waiting ------> live <-----------------------> away
 *                                                ^ |  10 s
 *                                                | v                ENDLIST            played to its end
 *                                               behind ----------> replay <---------------------> ended
 * ```
 * `error` is reached from anywhere: no such broadcast, cancelled, or playback cannot go on.
 */
export function viewOf(facts: Facts): View {
  if (facts.trouble === 'unsupported') return view('error', 'unsupported');
  if (facts.access === 'signin') return view('signin');
  if (facts.access === 'denied') return view('denied');
  switch (facts.playlist) {
    case 'live':
      return facts.trouble ? view('error', facts.trouble) : viewOfLive(facts);
    case 'ended':
      if (facts.finished) return view('ended');
      return facts.trouble ? view('error', facts.trouble) : view('replay');
    default:
      return viewBeforePlayback(facts);
  }
}

function viewOfLive(facts: Facts): View {
  const behind = facts.behindSeconds ?? 0;
  if (behind > LIVE_TOLERANCE_SECONDS) return facts.heldUp ? view('away', 'stalled') : view('behind');
  if (facts.edge === 'gap') return view('away', 'publisher-away');
  if (facts.edge === 'stalled') return view('away', 'stalled');
  if (typeof facts.catalog === 'object' && facts.catalog.state === 'LIVE' && facts.catalog.publisher === 'AWAY') {
    return view('away', 'publisher-away');
  }
  return view('live');
}

function viewBeforePlayback(facts: Facts): View {
  const { catalog, playlist } = facts;
  if (playlist === 'unreachable') return view('error', 'network');
  if (catalog === 'not-found' && playlist === 'missing') return view('error', 'not-found');
  if (typeof catalog === 'object') {
    if (catalog.state === 'CANCELLED') return view('error', 'cancelled');
    if (catalog.state === 'ENDED' && playlist === 'missing') return view('waiting', 'preparing');
    if (catalog.startsAt && catalog.state === 'SCHEDULED') return view('waiting', 'scheduled');
  }
  return view('waiting', playlist === 'unknown' ? 'connecting' : 'presenter');
}

function view(state: WatchState, reason: WatchReason | null = null): View {
  return { state, reason };
}
