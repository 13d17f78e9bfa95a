import Hls from 'hls.js';
import { expect, it } from 'vitest';
import { mendPartLoading } from '../src/watch/part-loading-fix';

interface Controllers {
  streamController: { shouldLoadParts(details: object, bufferEnd: number): boolean };
  audioStreamController: { shouldLoadParts(details: object, bufferEnd: number): boolean };
}

/** A playlist from segment `startSN` on, with parts from segment `partsFrom` on and 1.5 s of the open segment. */
function details(startSN: number, partsFrom: number) {
  const fragment = { sn: partsFrom, duration: 1 };
  return { startSN, partList: [{ start: 0, end: 0.5, fragment }], fragmentHint: { duration: 1.5 } };
}

function controllers(mended: boolean): Controllers {
  const hls = new Hls({ lowLatencyMode: true });
  if (mended) mendPartLoading(hls);
  return hls as unknown as Controllers;
}

it('soundAPartLateInTheFirstSeconds_isNotLoadedInParts_whatIsMended', () => {
  expect(controllers(false).audioStreamController.shouldLoadParts(details(0, 0), 1)).toBe(false);
});

it('whereAllSegmentsHaveParts_partsAreLoaded', () => {
  const { streamController, audioStreamController } = controllers(true);
  expect(audioStreamController.shouldLoadParts(details(0, 0), 1)).toBe(true);
  expect(streamController.shouldLoadParts(details(0, 0), 1)).toBe(true);
});

it('whereSegmentsHaveNone_hlsDecides', () => {
  const { audioStreamController } = controllers(true);
  expect(audioStreamController.shouldLoadParts(details(0, 5), 1)).toBe(false);
  expect(audioStreamController.shouldLoadParts({ startSN: 0, partList: null }, 1)).toBe(false);
});
