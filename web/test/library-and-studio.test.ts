import { describe, expect, it } from 'vitest';
import type { Broadcast } from '../src/api/broadcasts';
import { sectionsOf } from '../src/library/sections';
import { type BroadcastForm, newBroadcast } from '../src/studio/new-broadcast';
import { preferencesOf } from '../src/watch/preferences';

const broadcast = (id: string, state: Broadcast['state'], times: Partial<Broadcast> = {}): Broadcast => ({
  id,
  title: id,
  state,
  publisher: 'AWAY',
  publicAccess: true,
  watchUrl: '',
  hlsUrl: '',
  ...times,
});
const form: BroadcastForm = { title: ' Talk ', description: '', startsAt: '', audience: 'PUBLIC', names: '' };

describe('sectionsOf', () => {
  it('broadcasts_areSortedForTheReader', () => {
    const { live, upcoming, replays } = sectionsOf([
      broadcast('old', 'ENDED', { startedAt: '2026-01-01T10:00:00Z' }),
      broadcast('new', 'ENDED', { startedAt: '2026-02-01T10:00:00Z' }),
      broadcast('someday', 'DRAFT'),
      broadcast('later', 'SCHEDULED', { startsAt: '2026-12-02T10:00:00Z' }),
      broadcast('sooner', 'SCHEDULED', { startsAt: '2026-12-01T10:00:00Z' }),
      broadcast('off', 'CANCELLED'),
      broadcast('on', 'LIVE'),
    ]);
    expect(live.map((b) => b.id)).toEqual(['on']);
    expect(upcoming.map((b) => b.id)).toEqual(['sooner', 'later', 'someday']);
    expect(replays.map((b) => b.id)).toEqual(['new', 'old']);
  });
});

describe('newBroadcast', () => {
  it('emptyFields_areLeftOut', () => {
    expect(newBroadcast(form)).toEqual({ title: 'Talk', audience: { rules: [{ kind: 'PUBLIC' }] } });
  });

  it('localStart_becomesAnInstant', () => {
    const startsAt = '2026-12-04T14:00';
    expect(newBroadcast({ ...form, startsAt }).startsAt).toBe(new Date(startsAt).toISOString());
  });

  it('names_becomeGroupAndPersonRules', () => {
    expect(newBroadcast({ ...form, audience: 'NAMED', names: 'staff, @alice,,' }).audience.rules).toEqual([
      { kind: 'GROUP', name: 'staff' },
      { kind: 'PERSON', name: 'alice' },
    ]);
  });

  it('missingTitleOrNames_sayWhatToDo', () => {
    expect(() => newBroadcast({ ...form, title: '  ' })).toThrow('Give the broadcast a title.');
    expect(() => newBroadcast({ ...form, audience: 'NAMED', names: ' , ' })).toThrow('Name at least one group');
  });
});

describe('preferencesOf', () => {
  it('keptValues_areTaken', () => {
    const kept = { volume: 0.4, muted: true, quality: '720p', bandwidthBitsPerSecond: 5e6 };
    expect(preferencesOf(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([
    null,
    '',
    'x',
    'null',
    '[]',
    '{"volume":7,"muted":"yes","quality":3,"bandwidthBitsPerSecond":-1}',
  ])('malformed_%#_isTheDefault', (text) => {
    expect(preferencesOf(text)).toEqual({ volume: 1, muted: false, quality: null, bandwidthBitsPerSecond: null });
  });
});
