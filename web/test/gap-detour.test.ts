import type { Level } from 'hls.js';
import { describe, expect, it } from 'vitest';
import { leavesOut, wayAround } from '../src/watch/gap-detour';

describe('wayAround', () => {
  it('takes the next better rendition that is there', () => {
    expect(wayAround([true, true, false], 0)).toBe(2);
    expect(wayAround([true, false, false], 0)).toBe(1);
  });

  it('takes the next lesser one where nothing better is there', () => {
    expect(wayAround([false, false, true], 2)).toBe(1);
    expect(wayAround([false, true, true], 2)).toBe(0);
  });

  it('finds none while the presenter is away', () => {
    expect(wayAround([true, true, true], 1)).toBe(-1);
  });
});

describe('leavesOut', () => {
  const level = (details: object | undefined) => ({ details }) as Pick<Level, 'details'>;

  it('is so where the segment is a gap, or one of its parts', () => {
    expect(leavesOut(level({ fragments: [{ sn: 4 }, { sn: 5, gap: true }] }), 5)).toBe(true);
    expect(leavesOut(level({ fragments: [{ sn: 4 }], partList: [{ fragment: { sn: 5 }, gap: true }] }), 5)).toBe(true);
  });

  it('is not where it is there, or not known', () => {
    expect(leavesOut(level({ fragments: [{ sn: 4 }, { sn: 5, gap: true }], partList: [] }), 4)).toBe(false);
    expect(leavesOut(level({ fragments: [{ sn: 4 }] }), 5)).toBe(false);
    expect(leavesOut(level(undefined), 5)).toBe(false);
  });
});
