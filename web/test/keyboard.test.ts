import { describe, expect, it } from 'vitest';
import { nextSpeed } from '../src/watch/commands';
import { commandOf } from '../src/watch/keyboard';

const press = (key: string, held: { ctrlKey?: boolean; altKey?: boolean; metaKey?: boolean } = {}) =>
  commandOf({ key, ctrlKey: false, altKey: false, metaKey: false, ...held });

describe('commandOf', () => {
  it('keys_haveTheirCommands', () => {
    expect(press('ArrowLeft')).toEqual({ kind: 'seek', seconds: -5 });
    expect(press('J')).toEqual({ kind: 'seek', seconds: -10 });
    expect(press('l')).toEqual({ kind: 'seek', seconds: 10 });
    expect(press(' ')).toEqual({ kind: 'toggle-play' });
    expect(press('7')).toEqual({ kind: 'fraction', of: 0.7 });
    expect(press('End')).toEqual({ kind: 'live' });
    expect(press('?')).toEqual({ kind: 'help' });
  });

  it('keysOfTheBrowser_areLeftAlone', () => {
    expect(press('f', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
    expect(press('l', { metaKey: true })).toBeNull();
    expect(press('Tab')).toBeNull();
    expect(press('x')).toBeNull();
  });
});

describe('nextSpeed', () => {
  it.each([
    [1, 1, 1.25],
    [1, -1, 0.75],
    [2, 1, 2],
    [0.75, -1, 0.75],
    [1.05, 1, 1.25],
  ] as const)('from_%d_by_%d_is_%d', (rate, step, expected) => expect(nextSpeed(rate, step)).toBe(expected));
});
