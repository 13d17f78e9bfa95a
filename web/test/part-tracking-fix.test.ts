import Hls from 'hls.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { mendPartTracking } from '../src/watch/part-tracking-fix';

interface Tracker {
  getState(fragment: unknown): string;
  detectEvictedFragments(stream: string, ranges: TimeRanges, type: string): void;
}

function ranges(start: number, end: number): TimeRanges {
  return { length: 1, start: () => start, end: () => end };
}

/** As much of an hls.js fragment or part as its tracker looks at. */
function piece(start: number, end: number, more: object = {}) {
  return {
    start,
    end,
    elementaryStreams: { audio: { partial: true } as object | null },
    clearElementaryStreamInfo(): void {
      this.elementaryStreams.audio = null;
    },
    get loaded(): boolean {
      return this.elementaryStreams.audio !== null;
    },
    ...more,
  };
}

describe('a segment of which parts are coming, when played media is removed', () => {
  const fragment = piece(40, 44, { sn: 10, type: 'audio', level: 0 });
  const first = Object.assign(piece(40, 40.5), { fragment, index: 0 });
  const second = Object.assign(piece(40.5, 41), { fragment, index: 1 });
  let hls: Hls;
  let tracker: Tracker;

  beforeEach(() => {
    hls = new Hls();
    tracker = (hls as unknown as { streamController: { fragmentTracker: Tracker } }).streamController.fragmentTracker;
    first.elementaryStreams.audio = { partial: true };
    fragment.elementaryStreams.audio = { partial: true };
  });

  function load(part: object, end: number, buffered: boolean): void {
    const trigger = (event: string, data: object): void => {
      (tracker as unknown as Record<string, (event: string, data: object) => void>)[event]?.(event, data);
    };
    trigger('onFragLoaded', { frag: fragment, part });
    if (!buffered) return;
    trigger('onBufferAppended', { frag: fragment, part, timeRanges: { audio: ranges(0, end) }, type: 'audio' });
    trigger('onFragBuffered', { frag: fragment, part, id: 'audio', stats: {} });
  }

  it('is forgotten by hls.js, with the parts that are there: what is mended', () => {
    load(first, 40.5, true);
    load(second, 41, false);
    tracker.detectEvictedFragments('audio', ranges(6, 40.5), 'audio');
    expect(first.loaded).toBe(false);
  });

  it('keeps its parts', () => {
    mendPartTracking(hls);
    load(first, 40.5, true);
    load(second, 41, false);
    tracker.detectEvictedFragments('audio', ranges(6, 40.5), 'audio');
    expect(first.loaded).toBe(true);
    expect(tracker.getState(fragment)).not.toBe('NOT_LOADED');
  });

  it('is forgotten once it is removed itself', () => {
    mendPartTracking(hls);
    load(first, 40.5, true);
    tracker.detectEvictedFragments('audio', ranges(60, 70), 'audio');
    expect(tracker.getState(fragment)).toBe('NOT_LOADED');
  });
});
