import { describe, expect, it } from 'vitest';
import { announcedText, behindText, clockText, countdownText, spokenText } from '../src/watch/time-format';

const now = new Date(2026, 10, 20, 14, 0, 0);
const plus = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

describe('clockText', () => {
  it.each([
    [0, '0:00'],
    [7.99, '0:07'],
    [247, '4:07'],
    [3599, '59:59'],
    [3723, '1:02:03'],
    [36_000, '10:00:00'],
    [-3, '0:00'],
    [Number.NaN, '0:00'],
    [Number.POSITIVE_INFINITY, '0:00'],
  ])('seconds_%d_read_%s', (seconds, text) => expect(clockText(seconds)).toBe(text));

  it('behind_minutes_hasMinus', () => expect(behindText(754)).toBe('-12:34'));
});

describe('spokenText', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [62, '1 minute 2 seconds'],
    [7200, '2 hours'],
  ])('seconds_%d_read_%s', (seconds, text) => expect(spokenText(seconds)).toBe(text));
});

describe('announcedText', () => {
  it('daysAround_now_haveNames', () => {
    expect(announcedText(new Date(2026, 10, 20, 23, 30), now, 'en-GB')).toBe('today at 23:30');
    expect(announcedText(new Date(2026, 10, 21, 0, 5), now, 'en-GB')).toMatch(/^tomorrow at 0?0:05$/);
    expect(announcedText(new Date(2026, 10, 19, 9, 0), now, 'en-GB')).toMatch(/^yesterday at 0?9:00$/);
  });

  it('otherDays_nameTheDateAndTheYearWhenItDiffers', () => {
    expect(announcedText(new Date(2026, 11, 4, 14, 0), now, 'en-GB')).toContain('4 December at 14:00');
    expect(announcedText(new Date(2027, 0, 4, 14, 0), now, 'en-GB')).toContain('2027');
  });
});

describe('countdownText', () => {
  it.each([
    [-1, ''],
    [0, ''],
    [42, 'in 42 s'],
    [61, 'in 2 min'],
    [95 * 60, 'in 1 h 35 min'],
    [3 * 86_400, 'in 3 days'],
  ])('seconds_%d_read_%s', (seconds, text) => expect(countdownText(plus(seconds), now)).toBe(text));
});
