import { afterEach, expect, it, vi } from 'vitest';
import type { Broadcasts } from '../src/api/broadcasts';
import { PlaybackAccess } from '../src/watch/access';

afterEach(() => vi.unstubAllGlobals());

it('notStartedYet_isAskedForPastTheCache', async () => {
  const asked: (RequestCache | undefined)[] = [];
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => {
    asked.push(init?.cache);
    return new Response(null, { status: asked.length === 1 ? 404 : 200 });
  });
  const access = new PlaybackAccess('abc', {} as Broadcasts, new AbortController().signal);

  expect(await access.open()).toBe('missing');
  expect(await access.open()).toBe('open');
  expect(asked).toEqual(['no-store', 'no-store']);
});

it('onceItIsClearThatThereIsNothingYet_theQuestionMayBeHeld', async () => {
  const asked: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_: string, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('Prefer'));
    return new Response(null, { status: 404 });
  });
  const access = new PlaybackAccess('abc', {} as Broadcasts, new AbortController().signal);

  await access.open();
  await access.open(true);
  expect(asked).toEqual([null, 'wait=10']);
});
