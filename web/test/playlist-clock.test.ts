import { describe, expect, it } from 'vitest';
import { qualityLabel } from '../src/watch/engine';
import {
  dateAt,
  edgeOf,
  gapEnd,
  isPlayable,
  type Piece,
  type PlaylistDetails,
  timeAt,
} from '../src/watch/playlist-clock';

const zero = Date.UTC(2026, 10, 20, 14, 0, 0);
const piece = (start: number, end: number, atSeconds: number | null, gap = false): Piece => ({
  start,
  end,
  gap,
  programDateTime: atSeconds === null ? null : zero + atSeconds * 1000,
});
/** Two segments, a minute off the air, another segment. */
const interrupted = [piece(0, 4, 0), piece(4, 8, 4), piece(8, 12, 68)];

function details(more: Partial<PlaylistDetails>): PlaylistDetails {
  return { live: true, fragments: interrupted, partList: null, edge: 12, age: 0.3, targetduration: 6, ...more };
}

describe('qualityLabel', () => {
  it.each([
    [720, 'http://h/hls/b/720p.m3u8', '720p'],
    [720, 'http://h/hls/b/source.m3u8', '720p original'],
    [720, 'http://h/hls/b/source.m3u8?start=5', '720p original'],
    [0, 'http://h/hls/b/audio.m3u8', 'Audio only'],
  ])('height_%d_of_%s_is_%s', (height, uri, label) => expect(qualityLabel(height, uri)).toBe(label));
});

describe('dateAt', () => {
  it('times_acrossAnInterruption_followTheWallClock', () => {
    expect(dateAt(interrupted, 2)?.getTime()).toBe(zero + 2000);
    expect(dateAt(interrupted, 9)?.getTime()).toBe(zero + 69_000);
  });

  it('times_outsideThePlaylist_areExtrapolated', () => {
    expect(dateAt(interrupted, 13)?.getTime()).toBe(zero + 73_000);
    expect(dateAt([piece(4, 8, 4)], 1)?.getTime()).toBe(zero + 1000);
  });

  it('undated_isUnknown', () => {
    expect(dateAt([piece(0, 4, null)], 1)).toBeNull();
    expect(dateAt([], 1)).toBeNull();
  });
});

describe('timeAt', () => {
  it('moments_comeBackAsTheTimesTheyCameFrom', () => {
    for (const seconds of [0, 2, 5.5, 9, 11]) {
      expect(timeAt(interrupted, dateAt(interrupted, seconds) as Date)).toBeCloseTo(seconds, 3);
    }
  });

  it('moment_withinTheInterruption_isWhereItWentOn', () => {
    expect(timeAt(interrupted, new Date(zero + 30_000))).toBe(8);
  });

  it('moment_beforeTheStart_isTheStart_afterTheEnd_isBeyondIt', () => {
    expect(timeAt(interrupted, new Date(zero - 60_000))).toBe(0);
    expect(timeAt(interrupted, new Date(zero + 100_000))).toBe(40);
  });
});

describe('edgeOf', () => {
  it('growingPlaylist_moves', () => {
    expect(edgeOf(details({}))).toEqual({ live: true, playableEndSeconds: 12, condition: 'moving' });
  });

  it('partsAfterTheLastSegment_countAsPlayable', () => {
    const partList = [piece(11.5, 12, null), piece(12, 12.5, null)];
    expect(edgeOf(details({ partList, edge: 12.5 })).playableEndSeconds).toBe(12.5);
  });

  it('gapAtTheEnd_isNotPlayable', () => {
    const fragments = [...interrupted, piece(12, 16, 72, true)];
    expect(edgeOf(details({ fragments, edge: 16 }))).toEqual({ live: true, playableEndSeconds: 12, condition: 'gap' });
    const partList = [piece(11.5, 12, null), piece(12, 12.5, null, true)];
    expect(edgeOf(details({ partList, edge: 12.5 })).condition).toBe('gap');
  });

  it('mediaAfterAGap_isPlayableAgain', () => {
    const fragments = [...interrupted, piece(12, 16, 72, true), piece(16, 20, 76)];
    expect(edgeOf(details({ fragments, edge: 20 })).condition).toBe('moving');
  });

  it('playlistThatStoppedGrowing_isStalledOnlyWhileLive', () => {
    expect(edgeOf(details({ age: 9.1 })).condition).toBe('stalled');
    expect(edgeOf(details({ age: 8.9 })).condition).toBe('moving');
    expect(edgeOf(details({ age: 900, live: false })).condition).toBe('moving');
  });
});

describe('gapEnd', () => {
  const fragments = [
    { start: 0, end: 4 },
    { start: 4, end: 8, gap: true },
    { start: 8, end: 12, gap: true },
    { start: 12, end: 16 },
    { start: 16, end: 20, gap: true },
  ];

  it('is where the media goes on, for a playhead that stands before the interruption or in it', () => {
    expect(gapEnd(fragments, 3.9)).toBe(12);
    expect(gapEnd(fragments, 4)).toBe(12);
    expect(gapEnd(fragments, 9)).toBe(12);
  });

  it('is null where there is media, and where the interruption has not ended', () => {
    expect(gapEnd(fragments, 1)).toBeNull();
    expect(gapEnd(fragments, 13)).toBeNull();
    expect(gapEnd(fragments, 17)).toBeNull();
    expect(gapEnd([], 1)).toBeNull();
  });
});

describe('isPlayable', () => {
  const fragments = [
    { start: 0, end: 4 },
    { start: 4, end: 8, gap: true },
    { start: 8, end: 12, gap: true },
  ];

  it('is not so inside an interruption, and so before it, behind it and without any', () => {
    expect([3.9, 4, 8, 11.9, 12, 13].map((at) => isPlayable(fragments, at))).toEqual([
      true,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(isPlayable([], 1)).toBe(true);
  });
});
