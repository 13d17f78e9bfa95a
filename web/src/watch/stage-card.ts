import { fill, h } from '../ui/dom';
import { mark } from '../ui/icons';
import type { WatchSession } from './session';
import { announcedText, countdownText } from './time-format';
import type { View } from './view-state';
import { type Wording, wordingOf } from './wording';

interface CardActions {
  signIn(): void;
  openLibrary(): void;
}

/** How much of the picture a message may cover. */
type Cover = 'none' | 'stage' | 'dim' | 'banner';

/** What stands on the stage instead of the picture, or over it: waiting, signing in, away, ended, errors. */
export function stageCard(session: WatchSession, actions: CardActions): { element: HTMLElement; update(): void } {
  const element = h('div', { class: 'card', noautohide: true, role: 'status', 'data-testid': 'message' });
  let shown = '';

  function update(): void {
    const { view } = session;
    const wording = withRefusal(wordingOf(view), view, session.refusal);
    const cover = coverOf(view, wording, session.video.readyState >= 2);
    const schedule = view.reason === 'scheduled' ? scheduleOf(session.broadcast?.startsAt) : null;
    const key = JSON.stringify([cover, wording, schedule]);
    if (key === shown) return;
    shown = key;
    element.dataset.cover = cover;
    element.hidden = cover === 'none';
    if (!wording || cover === 'none') {
      fill(element);
      return;
    }
    fill(
      element,
      cover === 'stage' ? h('div', { class: 'card-mark' }, mark()) : null,
      wording.heading ? h('h2', {}, schedule ? `Starts ${schedule.at}` : wording.heading) : null,
      schedule?.left ? h('p', { class: 'card-countdown' }, schedule.left) : null,
      wording.text ? h('p', {}, wording.text) : h('p', { class: 'card-dots', 'aria-label': 'Connecting' }),
      actionOf(wording),
    );
  }

  function actionOf(wording: Wording): HTMLElement | null {
    const button = (label: string, onclick: () => void): HTMLElement =>
      h('button', { type: 'button', class: 'button primary', 'data-testid': 'card-action', onclick }, label);
    switch (wording.action) {
      case 'sign-in':
        return button('Sign in', actions.signIn);
      case 'retry':
        return button('Try again', () => session.retry());
      case 'library':
        return button('Open the library', actions.openLibrary);
      case 'watch-again':
        return button('Watch again', () => session.startOver());
      case null:
        return null;
    }
  }

  return { element, update };
}

/** The catalog knows better than the page why someone is refused. */
function withRefusal(wording: Wording | null, view: View, refusal: string | null): Wording | null {
  return wording && refusal && view.state === 'denied' ? { ...wording, text: refusal } : wording;
}

function coverOf(view: View, wording: Wording | null, picture: boolean): Cover {
  if (!wording) return 'none';
  if (!picture) return 'stage';
  return view.state === 'away' ? 'banner' : 'dim';
}

function scheduleOf(startsAt: string | null | undefined): { at: string; left: string } | null {
  if (!startsAt) return null;
  const date = new Date(startsAt);
  const now = new Date();
  if (Number.isNaN(date.getTime()) || date <= now) return null;
  return { at: announcedText(date, now), left: countdownText(date, now) };
}
