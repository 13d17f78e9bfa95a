import type Hls from 'hls.js';
import type { StartPosition } from './start-position';

/** What an engine cannot go on with by itself. It keeps trying; `recovered` tells when it succeeded. */
export type Trouble = 'network' | 'media';

/** The newest end of the playlist, on the media's clock. */
export interface Edge {
  readonly live: boolean;
  /** End of the newest media that can be played: the playlist's end less any gap there. */
  readonly playableEndSeconds: number;
  readonly condition: 'moving' | 'gap' | 'stalled';
}

export interface Quality {
  readonly id: number;
  readonly label: string;
}

/** Name of a rendition for the menu: `720p`, `1080p original` for what the presenter sends, `Audio only`. */
export function qualityLabel(heightPixels: number, uri: string): string {
  if (!heightPixels) return 'Audio only';
  return /\/source\.m3u8(?:\?|$)/.test(uri) ? `${heightPixels}p original` : `${heightPixels}p`;
}

/** Figures for the statistics overlay; null is "not known to this engine". */
export interface Statistics {
  readonly latencySeconds: number | null;
  readonly targetLatencySeconds: number | null;
  readonly bitsPerSecond: number | null;
  readonly estimateBitsPerSecond: number | null;
  readonly playlistAgeSeconds: number | null;
}

/** What a media session tells its owner. */
export interface EngineListener {
  /** The playlist, the qualities or the position of the edge may have changed. */
  changed(): void;
  trouble(kind: Trouble): void;
  recovered(): void;
  /** The origin no longer accepts the playback session (401 or 403). */
  refused(): void;
  /** An hls.js error, for the record. */
  failed(error: MediaFailure): void;
}

/** One entry of `window.rostrum.errors`. */
export interface MediaFailure {
  readonly type: string;
  readonly details: string;
  readonly fatal: boolean;
  readonly status: number | null;
  readonly at: string;
}

/**
 * Plays one address into one video element, from the first live frame to the end of the replay, without a reload.
 * Times are seconds on the video's clock, whose zero is the first frame of the broadcast.
 */
export interface Engine {
  /** The hls.js instance, or null where the browser plays HLS by itself. It may be replaced by another one. */
  readonly hls: Hls | null;
  load(url: string, start: StartPosition | null): void;
  /** Tries again at once, for instance after the playback session was renewed. */
  retry(): void;
  /** Null before the first media playlist. */
  edge(): Edge | null;
  /** Where a live viewer should be, or null when not live. */
  syncPosition(): number | null;
  /** Whether to catch up gently with the edge; only for a viewer who wants to be there. */
  followLive(follow: boolean): void;
  dateAt(seconds: number): Date | null;
  timeAt(date: Date): number | null;
  qualities(): readonly Quality[];
  /** The chosen quality, or null for automatic. */
  readonly quality: number | null;
  /** The quality playing now, or null. */
  readonly playingQuality: number | null;
  selectQuality(id: number | null): void;
  statistics(): Statistics;
  destroy(): void;
}
