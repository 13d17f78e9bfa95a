/** Further behind the place to be than this, and catching up by playing faster would take half a minute. */
const LEAP_BEHIND_SECONDS = 1;
/** What must be loaded behind the place to leap to, so that it plays on from there. */
const LOADED_BEYOND_SECONDS = 0.5;

/** Whether a viewer is where playing a little faster is enough. */
export function isNear(latencySeconds: number, targetLatencySeconds: number): boolean {
  return latencySeconds > 0 && latencySeconds - targetLatencySeconds <= LEAP_BEHIND_SECONDS;
}

/** Whether a viewer who follows the broadcast is so far behind the place to be that playing faster would take minutes. */
export function isLost(behindSeconds: number, targetDurationSeconds: number): boolean {
  return behindSeconds > targetDurationSeconds;
}

/** A run of media that is loaded, in seconds of the element. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a viewer who has just come to watch leaps to, over media that is loaded already: a slow start would leave them behind
 * for a minute. Null where playing a little faster does it, or where what is to be played is not there yet.
 */
export function leapTarget(
  currentSeconds: number,
  latencySeconds: number,
  targetLatencySeconds: number,
  loaded: readonly Run[],
): number | null {
  const behind = latencySeconds - targetLatencySeconds;
  if (!(behind > LEAP_BEHIND_SECONDS)) return null;
  const target = currentSeconds + behind;
  const there = loaded.some((run) => run.start <= currentSeconds && run.end >= target + LOADED_BEYOND_SECONDS);
  return there ? target : null;
}
