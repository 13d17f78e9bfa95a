import type { Broadcast, Broadcasts } from '../api/broadcasts';
import { watchPath } from '../app/routes';
import { h } from '../ui/dom';
import { announcedText, clockText } from '../watch/time-format';
import { photo } from './photo';
import { poster } from './poster';

/** One broadcast in the library: a link to its watch page. */
export function card(broadcast: Broadcast, now: Date, broadcasts: Broadcasts): HTMLElement {
  return h(
    'li',
    {},
    h(
      'a',
      { href: watchPath(broadcast.id), class: 'tile', 'data-testid': 'tile', 'data-state': broadcast.state },
      h('div', { class: 'tile-picture' }, poster(broadcast.id), photo(broadcast, broadcasts), badge(broadcast)),
      h('h3', {}, broadcast.title),
      h('p', {}, subtitle(broadcast, now)),
    ),
  );
}

function badge(broadcast: Broadcast): HTMLElement | null {
  if (broadcast.state === 'LIVE') {
    return h('span', { class: 'badge live' }, h('span', { class: 'pill-dot', 'aria-hidden': 'true' }), 'Live');
  }
  const length = lengthSeconds(broadcast);
  return length === null ? null : h('span', { class: 'badge' }, clockText(length));
}

function subtitle(broadcast: Broadcast, now: Date): string {
  const { state, startsAt, startedAt, publisher } = broadcast;
  if (state === 'LIVE') {
    const since = startedAt ? `Since ${announcedText(new Date(startedAt), now)}` : 'On now';
    return publisher === 'AWAY' ? `${since} · presenter away` : since;
  }
  if (state === 'ENDED') return startedAt ? sentence(announcedText(new Date(startedAt), now)) : 'Replay';
  return startsAt ? `Starts ${announcedText(new Date(startsAt), now)}` : 'Not scheduled yet';
}

function lengthSeconds(broadcast: Broadcast): number | null {
  const { state, durationSeconds } = broadcast;
  return state === 'ENDED' && durationSeconds ? durationSeconds : null;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
