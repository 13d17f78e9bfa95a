import { describe, expect, it } from 'vitest';
import { CATCH_UP_RATE, pace } from '../src/watch/pace';

describe('pace', () => {
  it('is faster for who is behind, with as little loaded as short parts allow', () => {
    expect(pace(1, 0.6, 0.7)).toBe(CATCH_UP_RATE);
    expect(pace(1, 5, 0.7)).toBe(CATCH_UP_RATE);
  });

  it('goes on until near, and does not begin again at once', () => {
    expect(pace(CATCH_UP_RATE, 0.3, 0.7)).toBe(CATCH_UP_RATE);
    expect(pace(CATCH_UP_RATE, 0.2, 0.7)).toBe(1);
    expect(pace(1, 0.3, 0.7)).toBe(1);
    expect(pace(1, -0.4, 0.7)).toBe(1);
  });

  it('is as recorded where little is loaded or the distance is not known', () => {
    expect(pace(CATCH_UP_RATE, 3, 0.4)).toBe(1);
    expect(pace(1, 3, Number.NaN)).toBe(1);
    expect(pace(1, Number.NaN, 2)).toBe(1);
  });

  it('ends what else was set: at the edge nobody is slower for long', () => {
    expect(pace(0.75, 0, 2)).toBe(1);
  });
});
