import { describe, expect, it } from 'vitest';
import { leapTarget } from '../src/watch/close-up';

const loaded = [{ start: 90, end: 104 }];

describe('leapTarget', () => {
  it('leaps to the target distance over what is loaded', () => {
    expect(leapTarget(100, 4, 1.5, loaded)).toBe(102.5);
  });

  it('leaves a little to the playback rate', () => {
    expect(leapTarget(100, 2.4, 1.5, loaded)).toBeNull();
  });

  it('does not leap to what is not loaded, or over a hole', () => {
    expect(leapTarget(100, 6, 1.5, loaded)).toBeNull();
    expect(
      leapTarget(100, 4, 1.5, [
        { start: 90, end: 101 },
        { start: 102, end: 110 },
      ]),
    ).toBeNull();
    expect(leapTarget(100, 4, 1.5, [])).toBeNull();
  });

  it('does nothing while the distance is not known', () => {
    expect(leapTarget(100, Number.NaN, 1.5, loaded)).toBeNull();
  });
});
