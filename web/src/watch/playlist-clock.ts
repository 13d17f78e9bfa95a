import type { Edge } from './engine';

/** The parts of an hls.js fragment or part that the clock needs. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly gap?: boolean | undefined;
  /** Milliseconds since the epoch, or null. */
  readonly programDateTime?: number | null;
}

/** The parts of hls.js level details that the clock needs. */
export interface PlaylistDetails {
  readonly live: boolean;
  readonly fragments: readonly Piece[];
  readonly partList: readonly Piece[] | null;
  readonly edge: number;
  /** Seconds since the playlist last changed. */
  readonly age: number;
  readonly targetduration: number;
}

/** A live playlist that has not grown for this many target durations is stalled (it must grow within 1.5). */
const STALLED_TARGET_DURATIONS = 1.5;

/** Where the playlist ends, and in what condition. */
export function edgeOf(details: PlaylistDetails): Edge {
  const playable = playableEnd(details);
  const gap = playable < details.edge - 0.001;
  const stalled = details.live && details.age > STALLED_TARGET_DURATIONS * details.targetduration;
  return {
    live: details.live,
    playableEndSeconds: playable,
    condition: stalled ? 'stalled' : gap && details.live ? 'gap' : 'moving',
  };
}

function playableEnd(details: PlaylistDetails): number {
  const parts = details.partList ?? [];
  const part = parts.findLast((piece) => !piece.gap);
  const fragment = details.fragments.findLast((piece) => !piece.gap);
  if (!part && !fragment) return details.edge;
  return Math.max(part?.end ?? 0, fragment?.end ?? 0);
}

/** How close to an interruption a playhead stops that cannot go on. */
const GAP_REACHED_SECONDS = 0.3;

/** Where the interruption ends that begins at `seconds`, or null where none does or it has not ended yet. */
export function gapEnd(fragments: readonly Piece[], seconds: number): number | null {
  const next = fragments.findIndex((piece) => piece.end > seconds + GAP_REACHED_SECONDS);
  if (!fragments[next]?.gap) return null;
  return fragments.slice(next).find((piece) => !piece.gap)?.start ?? null;
}

/** Whether `seconds` is outside of every interruption. What is not listed as a whole segment yet is no interruption. */
export function isPlayable(fragments: readonly Piece[], seconds: number): boolean {
  return !fragments.some((piece) => piece.gap && piece.start <= seconds && seconds < piece.end);
}

/** The wall-clock time at a media time, or null where the playlist carries none. Extrapolates past either end. */
export function dateAt(fragments: readonly Piece[], seconds: number): Date | null {
  const index = fragments.findLastIndex((piece) => piece.start <= seconds && isDated(piece));
  const piece = fragments[index] ?? fragments.find(isDated);
  if (!piece || !isDated(piece)) return null;
  return new Date(piece.programDateTime + (seconds - piece.start) * 1000);
}

/**
 * The media time of a moment. A moment before the first frame is the start and one inside an interruption is where the
 * broadcast went on; null where the playlist carries no times.
 */
export function timeAt(fragments: readonly Piece[], date: Date): number | null {
  const dated = fragments.filter(isDated);
  const first = dated[0];
  if (!first) return null;
  const moment = date.getTime();
  if (moment <= first.programDateTime) return first.start;
  const index = dated.findLastIndex((piece) => piece.programDateTime <= moment);
  const piece = dated[index];
  if (!piece) return first.start;
  const offset = (moment - piece.programDateTime) / 1000;
  const next = dated[index + 1];
  return next ? Math.min(piece.start + offset, next.start) : piece.start + offset;
}

function isDated(piece: Piece): piece is Piece & { programDateTime: number } {
  return typeof piece.programDateTime === 'number';
}
