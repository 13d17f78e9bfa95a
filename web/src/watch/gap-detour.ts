import type Hls from 'hls.js';
import { type ErrorData, ErrorDetails, Events, type Level } from 'hls.js';

/** How long the viewer's own choice waits before it is tried again. */
const DETOUR_MS = 30_000;
const NO_CAP = -1;

/**
 * The level to play where one is left out: the next better one, since a busy transcoder leaves renditions out and passes the
 * presenter's own through, else the next lesser. -1 where all are left out.
 */
export function wayAround(leftOut: readonly boolean[], level: number): number {
  for (let better = level + 1; better < leftOut.length; better++) if (!leftOut[better]) return better;
  for (let lesser = level - 1; lesser >= 0; lesser--) if (!leftOut[lesser]) return lesser;
  return -1;
}

/** Whether a level's playlist says, as far as it is known here, that a segment or a part of it is a gap. */
export function leavesOut({ details }: Pick<Level, 'details'>, sequenceNumber: number): boolean {
  return (
    details?.fragments.find(({ sn }) => sn === sequenceNumber)?.gap === true ||
    details?.partList?.some((part) => part.fragment.sn === sequenceNumber && part.gap) === true
  );
}

/**
 * Goes on in another rendition where the one that plays is left out, as long as `hls` lives. hls.js looks for one too, but never
 * for a bigger one than the player, or than the chosen one, and for half a minute not for one that had a gap before: a small
 * player would show nothing while the presenter's own picture flows.
 *
 * @param ended called when the viewer's own choice may hold again
 */
export function detourAroundGaps(hls: Hls, ended: () => void): void {
  let timer = 0;
  let liftedCap = NO_CAP;

  function take({ frag }: ErrorData): void {
    if (frag?.type !== 'main' || typeof frag.sn !== 'number') return;
    const { sn, level } = frag;
    const leftOut = hls.levels.map((each, index) => index === level || leavesOut(each, sn));
    if (!leftOut[hls.loadLevel]) return; // hls.js found a way by itself
    const target = wayAround(leftOut, level);
    const way = hls.levels[target];
    if (!way) return;
    if (hls.autoLevelCapping !== NO_CAP && target > hls.autoLevelCapping) {
      liftedCap = hls.autoLevelCapping;
      hls.autoLevelCapping = NO_CAP;
    }
    way.loadError = 0;
    hls.nextAutoLevel = target;
    hls.nextLoadLevel = target;
    clearTimeout(timer);
    timer = window.setTimeout(end, DETOUR_MS);
  }

  function end(): void {
    if (hls.autoLevelCapping === NO_CAP) hls.autoLevelCapping = liftedCap;
    liftedCap = NO_CAP;
    ended();
  }

  hls.on(Events.ERROR, (_, data) => {
    if (data.details === ErrorDetails.FRAG_GAP) take(data);
  });
  hls.on(Events.DESTROYING, () => clearTimeout(timer));
}
