/** Fastest playback while catching up with the live edge: not audible. */
export const CATCH_UP_RATE = 1.05;

/**
 * Further behind the place to be than the first begins catching up, nearer than the second ends it: no to and fro in between. A
 * quarter of a second is left as a cushion: a busy computer takes that long now and then, and short parts leave little else.
 */
const BEHIND_SECONDS = 0.4;
const NEAR_SECONDS = 0.25;
/** With less than this loaded, playing faster would only bring the next stall nearer. */
const LEAST_LOADED_SECONDS = 0.5;

/**
 * How fast to play, for a viewer who follows the broadcast. hls.js could do it, but only with more than a second loaded, which
 * nobody has who is a second behind the edge: parts of a third of a second ask for no more.
 *
 * @param rate how fast it plays now
 * @param behindSeconds how far behind the place to be; NaN while that is not known
 * @param loadedSeconds how much is loaded from the playhead on
 */
export function pace(rate: number, behindSeconds: number, loadedSeconds: number): number {
  if (!(loadedSeconds >= LEAST_LOADED_SECONDS)) return 1;
  const wanted = rate === CATCH_UP_RATE ? NEAR_SECONDS : BEHIND_SECONDS;
  return behindSeconds > wanted ? CATCH_UP_RATE : 1;
}
