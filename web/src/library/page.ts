import type { Broadcast, Broadcasts } from '../api/broadcasts';
import { ApiProblem } from '../api/problem';
import type { AppContext, Page } from '../app/page';
import { fill, h } from '../ui/dom';
import { icon } from '../ui/icons';
import { card } from './card';
import { sectionsOf } from './sections';

const REFRESH_MS = 20_000;
const TYPING_MS = 250;
const PAGE_SIZE = 60;

/** The library: what the caller may see, live first. It refreshes by itself. */
export function libraryPage(query: string, app: AppContext): Page {
  document.title = 'Library – Rostrum';
  const stop = new AbortController();
  const results = h('div', { class: 'results', 'aria-live': 'polite' }, skeleton());
  const input = h('input', {
    type: 'search',
    name: 'q',
    placeholder: 'Search titles',
    'aria-label': 'Search broadcasts',
    value: query,
    autocomplete: 'off',
    'data-testid': 'search',
  });
  const element = h(
    'div',
    { class: 'library' },
    h(
      'div',
      { class: 'library-head' },
      h('h1', {}, 'Library'),
      h('form', { class: 'search', role: 'search' }, icon('search'), input),
    ),
    results,
  );
  let asked = 0;
  let extra: readonly Broadcast[] = [];
  let typing = 0;

  async function refresh(): Promise<void> {
    const turn = ++asked;
    const text = input.value.trim();
    await app.signIn.ready;
    try {
      const page = await app.broadcasts.list({ query: text, limit: PAGE_SIZE }, stop.signal);
      if (turn !== asked) return; // a newer question is under way
      const known = new Set(page.items.map((broadcast) => broadcast.id));
      const items = [...page.items, ...extra.filter((broadcast) => !known.has(broadcast.id))];
      show(items, text, extra.length > 0 ? null : (page.nextCursor ?? null));
    } catch (error) {
      if (stop.signal.aborted || turn !== asked) return;
      if (!results.querySelector('.tile')) fill(results, failure(error));
    }
  }

  function show(items: readonly Broadcast[], text: string, cursor: string | null): void {
    const { live, upcoming, replays } = sectionsOf(items);
    if (live.length + upcoming.length + replays.length === 0) {
      fill(results, empty(text));
      return;
    }
    const now = new Date();
    fill(
      results,
      section('On now', live, now, app.broadcasts),
      section('Coming up', upcoming, now, app.broadcasts),
      section('Replays', replays, now, app.broadcasts),
      cursor ? h('button', { type: 'button', class: 'button', onclick: () => void more(cursor) }, 'Show more') : null,
    );
  }

  async function more(cursor: string): Promise<void> {
    try {
      let next: string | null = cursor;
      const found: Broadcast[] = [];
      while (next) {
        const page = await app.broadcasts.list(
          { query: input.value.trim(), cursor: next, limit: PAGE_SIZE },
          stop.signal,
        );
        found.push(...page.items);
        next = found.length < PAGE_SIZE ? (page.nextCursor ?? null) : null;
      }
      extra = found;
      await refresh();
    } catch (error) {
      if (!stop.signal.aborted) results.append(failure(error));
    }
  }

  function empty(text: string): HTMLElement {
    const heading = text ? `Nothing is called “${text}”` : 'Nothing to watch yet';
    const hint = text
      ? 'Try a shorter word.'
      : app.signIn.identity
        ? 'Broadcasts appear here when you may watch them.'
        : 'Public broadcasts appear here. Sign in to see those for you.';
    return h('div', { class: 'notice' }, h('h2', {}, heading), h('p', {}, hint));
  }

  function failure(error: unknown): HTMLElement {
    const asks = error instanceof ApiProblem && error.status === 401;
    return asks
      ? h(
          'div',
          { class: 'notice' },
          h('h2', {}, 'Sign in to see the library'),
          h('button', { type: 'button', class: 'button primary', onclick: app.startSignIn }, 'Sign in'),
        )
      : h(
          'div',
          { class: 'notice' },
          h('h2', {}, 'The library does not answer'),
          h('p', {}, 'Trying again by itself. Broadcasts still play at their own addresses.'),
        );
  }

  function onInput(): void {
    extra = [];
    clearTimeout(typing);
    typing = window.setTimeout(() => {
      const text = input.value.trim();
      history.replaceState(null, '', text ? `/?q=${encodeURIComponent(text)}` : '/');
      void refresh();
    }, TYPING_MS);
  }

  const onChange = (): void => void refresh();
  input.addEventListener('input', onInput);
  element.querySelector('form')?.addEventListener('submit', (event) => event.preventDefault());
  app.signIn.addEventListener('change', onChange);
  const timer = window.setInterval(onChange, REFRESH_MS);
  void refresh();

  return {
    element,
    leave() {
      stop.abort();
      clearInterval(timer);
      clearTimeout(typing);
      app.signIn.removeEventListener('change', onChange);
    },
  };
}

function section(title: string, items: readonly Broadcast[], now: Date, broadcasts: Broadcasts): HTMLElement | null {
  if (items.length === 0) return null;
  return h(
    'section',
    { 'aria-label': title },
    h('h2', {}, title),
    h('ul', { class: 'grid' }, ...items.map((broadcast) => card(broadcast, now, broadcasts))),
  );
}

function skeleton(): HTMLElement {
  const tile = (): HTMLElement => h('li', {}, h('div', { class: 'tile ghost' }, h('div', { class: 'tile-picture' })));
  return h('ul', { class: 'grid', 'aria-label': 'Loading' }, tile(), tile(), tile());
}
