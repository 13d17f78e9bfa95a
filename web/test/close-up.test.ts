import { describe, expect, it } from 'vitest';
import { isLost, isNear, leapTarget } from '../src/watch/close-up';

const loaded = [{ start: 90, end: 104 }];

describe('isNear', () => {
  it('is so at the target and a little behind it, once the distance is known', () => {
    expect(isNear(1.4, 1.5)).toBe(true);
    expect(isNear(2.4, 1.5)).toBe(true);
    expect(isNear(2.6, 1.5)).toBe(false);
    expect(isNear(0, 1.5)).toBe(false);
  });
});

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

describe('isLost', () => {
  it('is so more than a target duration behind', () => {
    expect(isLost(5.9, 6)).toBe(false);
    expect(isLost(6.1, 6)).toBe(true);
  });
});
