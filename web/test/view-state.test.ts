import { describe, expect, it } from 'vitest';
import { type Facts, viewOf } from '../src/watch/view-state';

const nothing: Facts = {
  access: 'unknown',
  playlist: 'unknown',
  catalog: 'unknown',
  behindSeconds: null,
  edge: 'moving',
  heldUp: false,
  finished: false,
  trouble: null,
};
const live: Facts = { ...nothing, access: 'granted', playlist: 'live', behindSeconds: 2 };
const catalog = (state: 'DRAFT' | 'SCHEDULED' | 'LIVE' | 'ENDED' | 'CANCELLED', publisher: 'CONNECTED' | 'AWAY') => ({
  state,
  publisher,
  startsAt: state === 'SCHEDULED' ? new Date() : null,
});
const stateOf = (facts: Facts): string => {
  const { state, reason } = viewOf(facts);
  return reason ? `${state}/${reason}` : state;
};

describe('before playback', () => {
  it.each<[string, Partial<Facts>, string]>([
    ['nothingKnown', {}, 'waiting/connecting'],
    ['noPlaylist_catalogDown', { playlist: 'missing' }, 'waiting/presenter'],
    ['noPlaylist_draft', { playlist: 'missing', catalog: catalog('DRAFT', 'AWAY') }, 'waiting/presenter'],
    ['noPlaylist_scheduled', { playlist: 'missing', catalog: catalog('SCHEDULED', 'AWAY') }, 'waiting/scheduled'],
    ['noPlaylist_ended', { playlist: 'missing', catalog: catalog('ENDED', 'AWAY') }, 'waiting/preparing'],
    ['cancelled', { playlist: 'missing', catalog: catalog('CANCELLED', 'AWAY') }, 'error/cancelled'],
    ['unknownToBoth', { playlist: 'missing', catalog: 'not-found' }, 'error/not-found'],
    ['unknownToCatalogOnly', { catalog: 'not-found' }, 'waiting/connecting'],
    ['noAnswer', { playlist: 'unreachable' }, 'error/network'],
    ['refused_signedOut', { access: 'signin' }, 'signin'],
    ['refused_signedIn', { access: 'denied' }, 'denied'],
    ['noEngine', { trouble: 'unsupported' }, 'error/unsupported'],
  ])('%s', (_, facts, expected) => expect(stateOf({ ...nothing, ...facts })).toBe(expected));
});

describe('while live', () => {
  it.each<[string, Partial<Facts>, string]>([
    ['atTheEdge', {}, 'live'],
    ['notPlayingYet', { behindSeconds: null }, 'live'],
    ['justWithinTolerance', { behindSeconds: 10 }, 'live'],
    ['beyondTolerance', { behindSeconds: 10.1 }, 'behind'],
    ['gapAtTheEdge', { edge: 'gap' }, 'away/publisher-away'],
    ['playlistStalled', { edge: 'stalled' }, 'away/stalled'],
    ['catalogSaysAway', { catalog: catalog('LIVE', 'AWAY') }, 'away/publisher-away'],
    ['catalogSaysConnected', { catalog: catalog('LIVE', 'CONNECTED') }, 'live'],
    ['presenterBack_pictureNot', { behindSeconds: 60, heldUp: true }, 'away/stalled'],
    ['awayButBehind', { edge: 'gap', behindSeconds: 60 }, 'behind'],
    ['catalogForgotIt', { catalog: 'not-found' }, 'live'],
    ['catalogLagsBehind', { catalog: catalog('SCHEDULED', 'AWAY') }, 'live'],
    ['networkTrouble', { trouble: 'network' }, 'error/network'],
    ['mediaTrouble', { trouble: 'media' }, 'error/media'],
    ['endedFlagOfElementMeansNothingWhileLive', { finished: true }, 'live'],
  ])('%s', (_, facts, expected) => expect(stateOf({ ...live, ...facts })).toBe(expected));
});

describe('after the end', () => {
  it.each<[string, Partial<Facts>, string]>([
    ['playing', {}, 'replay'],
    ['playedToItsEnd', { finished: true }, 'ended'],
    ['playedToItsEnd_networkGone', { finished: true, trouble: 'network' }, 'ended'],
    ['networkTrouble', { trouble: 'network' }, 'error/network'],
    ['catalogStillSaysLive', { catalog: catalog('LIVE', 'AWAY') }, 'replay'],
  ])('%s', (_, facts, expected) => {
    expect(stateOf({ ...live, playlist: 'ended', behindSeconds: null, ...facts })).toBe(expected);
  });
});
