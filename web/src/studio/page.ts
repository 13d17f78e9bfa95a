import type { Broadcast } from '../api/broadcasts';
import { explain } from '../api/problem';
import type { AppContext, Page } from '../app/page';
import { goLivePath, watchPath } from '../app/routes';
import { mayProduce } from '../auth/identity';
import { fill, h } from '../ui/dom';
import { toast } from '../ui/toast';
import { announcedText } from '../watch/time-format';
import { createForm } from './create-form';
import { ingestPanel } from './ingest-panel';

const REFRESH_MS = 5000;

/** The studio: create broadcasts, see how to send to them, end them. For producers and admins. */
export function studioPage(app: AppContext): Page {
  document.title = 'Studio – Rostrum';
  const stop = new AbortController();
  const element = h('div', { class: 'studio' });
  const ready = h('div', { class: 'ready', 'aria-live': 'polite' });
  const list = h('div', { class: 'panel broadcasts' });
  let timer = 0;

  function render(): void {
    clearInterval(timer);
    if (!mayProduce(app.signIn.identity)) {
      fill(element, invitation(app));
      return;
    }
    const form = createForm(app.broadcasts, (broadcast) => {
      showIngest(broadcast);
      void refresh();
    });
    fill(element, h('h1', {}, 'Studio'), h('div', { class: 'studio-columns' }, form, h('div', {}, ready, list)));
    timer = window.setInterval(() => void refresh(), REFRESH_MS);
    void refresh();
  }

  function showIngest(broadcast: Broadcast): void {
    const { ingest } = broadcast;
    if (!ingest?.streamKey) return;
    fill(ready, ingestPanel(broadcast, { ...ingest, streamKey: ingest.streamKey }));
    ready.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }

  async function refresh(): Promise<void> {
    try {
      const { items } = await app.broadcasts.list({ limit: 50 }, stop.signal);
      const open = items.filter((broadcast) => broadcast.state !== 'ENDED' && broadcast.state !== 'CANCELLED');
      const ended = items.filter((broadcast) => broadcast.state === 'ENDED').slice(0, 8);
      fill(
        list,
        h('h2', {}, 'Broadcasts'),
        open.length + ended.length === 0 ? h('p', { class: 'hint' }, 'None yet. Create the first one.') : null,
        h('ul', {}, ...[...open, ...ended].map(entry)),
      );
    } catch (error) {
      if (!stop.signal.aborted && !list.querySelector('li')) fill(list, h('p', { class: 'problem' }, explain(error)));
    }
  }

  function entry(broadcast: Broadcast): HTMLElement {
    const { state, publisher } = broadcast;
    const label = state === 'LIVE' && publisher === 'AWAY' ? 'LIVE, AWAY' : state;
    const starts =
      broadcast.startsAt && state !== 'ENDED' ? announcedText(new Date(broadcast.startsAt), new Date()) : '';
    return h(
      'li',
      { 'data-state': state },
      h('span', { class: 'entry-state' }, label),
      h('a', { href: watchPath(broadcast.id) }, broadcast.title),
      h('span', { class: 'entry-when' }, starts),
      h(
        'span',
        { class: 'entry-actions' },
        state !== 'ENDED' &&
          h('a', { href: goLivePath(broadcast.id), class: 'button small', 'data-testid': 'open-go-live' }, 'Go live'),
        state !== 'ENDED' &&
          h('button', { type: 'button', class: 'button small', onclick: () => void newKey(broadcast) }, 'New key'),
        state === 'LIVE' &&
          h('button', { type: 'button', class: 'button small danger', onclick: () => confirmEnd(broadcast) }, 'End'),
      ),
    );
  }

  async function newKey(broadcast: Broadcast): Promise<void> {
    try {
      showIngest({ ...broadcast, ingest: await app.broadcasts.newStreamKey(broadcast.id) });
    } catch (error) {
      toast(explain(error));
    }
  }

  function confirmEnd(broadcast: Broadcast): void {
    const dialog = h(
      'dialog',
      { class: 'dialog', 'aria-labelledby': 'end-title' },
      h('h2', { id: 'end-title' }, `End “${broadcast.title}”?`),
      h('p', {}, 'It ends for everyone and becomes the replay. It cannot go live again.'),
      h(
        'form',
        { method: 'dialog', class: 'dialog-actions' },
        h('button', { class: 'button', value: 'no' }, 'Go on'),
        h('button', { class: 'button danger', value: 'end', 'data-testid': 'confirm-end' }, 'End broadcast'),
      ),
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (dialog.returnValue === 'end') void end(broadcast);
    });
    element.append(dialog);
    dialog.showModal();
  }

  async function end(broadcast: Broadcast): Promise<void> {
    try {
      await app.broadcasts.end(broadcast.id);
      toast('The broadcast ends now.');
    } catch (error) {
      toast(explain(error));
    }
    await refresh();
  }

  void app.signIn.ready.then(() => {
    if (!stop.signal.aborted) render();
  });
  app.signIn.addEventListener('change', render);
  return {
    element,
    leave() {
      stop.abort();
      clearInterval(timer);
      app.signIn.removeEventListener('change', render);
    },
  };
}

function invitation(app: AppContext): HTMLElement {
  const signedIn = app.signIn.identity !== null;
  return h(
    'div',
    { class: 'notice' },
    h('h1', {}, 'Studio'),
    h(
      'p',
      {},
      signedIn
        ? 'Your account may watch but not broadcast. Ask an administrator for the producer role.'
        : 'Sign in with a producer account to create broadcasts.',
    ),
    signedIn ? null : h('button', { type: 'button', class: 'button primary', onclick: app.startSignIn }, 'Sign in'),
  );
}
