import type Hls from 'hls.js';
import type { MediaFailure } from './engine';

/** One line of the session's log: what happened and when. */
export interface SessionEvent {
  readonly name: string;
  readonly at: string;
  readonly facts?: Record<string, unknown>;
}

/**
 * `window.rostrum`: the debugging interface of the watch page, for the console and for automated tests. It is kept
 * stable; README.md documents it.
 */
export interface DebugHooks {
  video: HTMLVideoElement | null;
  hls: Hls | null;
  errors: MediaFailure[];
  events: SessionEvent[];
}

declare global {
  interface Window {
    rostrum: DebugHooks;
  }
}

const LONGEST_LOG = 500;

/** Puts fresh hooks in place. */
export function resetHooks(video: HTMLVideoElement | null): DebugHooks {
  window.rostrum = { video, hls: null, errors: [], events: [] };
  return window.rostrum;
}

/** Appends to a log, forgetting the oldest entries of a long evening. */
export function log<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > LONGEST_LOG) list.splice(0, list.length - LONGEST_LOG);
}
