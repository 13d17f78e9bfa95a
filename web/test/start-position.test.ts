import { describe, expect, it } from 'vitest';
import { parseStartPosition, startParameter } from '../src/watch/start-position';

describe('parseStartPosition', () => {
  it.each([
    ['754', 754],
    ['754.5', 754.5],
    ['90s', 90],
    ['12m34s', 754],
    ['1h2m3s', 3723],
    ['2h', 7200],
    ['0', 0],
  ])('offset_%s_isSeconds', (text, seconds) => {
    expect(parseStartPosition(text)).toEqual({ kind: 'offset', seconds });
  });

  it('moment_withZone_isThatInstant', () => {
    const expected = { kind: 'moment', date: new Date(Date.UTC(2026, 10, 20, 14, 3)) };
    expect(parseStartPosition('2026-11-20T14:03:00Z')).toEqual(expected);
    expect(parseStartPosition('2026-11-20T15:03:00+01:00')).toEqual(expected);
    expect(parseStartPosition('2026-11-20T15:03:00 01:00'), 'an unescaped plus').toEqual(expected);
  });

  it.each([
    null,
    '',
    'soon',
    '-5',
    '1:30',
    'NaN',
    'Infinity',
    '2026-11-20',
    '2026-13-45T99:00:00Z',
    '1e9',
  ])('malformed_%s_isNone', (text) => expect(parseStartPosition(text)).toBeNull());
});

describe('startParameter', () => {
  const date = new Date(Date.UTC(2026, 10, 20, 14, 3, 7, 900));

  it('live_withDate_isWallClockThatParsesBack', () => {
    const text = startParameter(true, 100, date);
    expect(text).toBe('2026-11-20T14:03:07Z');
    expect(parseStartPosition(text)?.kind).toBe('moment');
  });

  it('replayOrUndated_isSeconds', () => {
    expect(startParameter(false, 100.7, date)).toBe('100');
    expect(startParameter(true, 100.7, null)).toBe('100');
  });
});
