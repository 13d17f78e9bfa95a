import type { AppContext, Page } from '../app/page';
import { watchPath } from '../app/routes';
import { fill, h } from '../ui/dom';
import { icon } from '../ui/icons';
import { toast } from '../ui/toast';
import { belongsToElement, commandOf } from './keyboard';
import { connectMediaSession } from './media-session';
import { player } from './player';
import { keepPreferences, loadPreferences } from './preferences';
import { WatchSession } from './session';
import { parseStartPosition, startParameter } from './start-position';
import { announcedText, clockText } from './time-format';
import { stateLabel } from './wording';

const REFRESH_MS = 250;

/** The watch page of one broadcast: before, live and after, at one address. */
export function watchPage(id: string, at: string | null, app: AppContext): Page {
  const video = h('video', { slot: 'media', playsinline: true, 'data-testid': 'video', preload: 'auto' });
  const { volume, muted } = loadPreferences();
  video.volume = volume;
  video.muted = muted;
  const session = new WatchSession(id, video, parseStartPosition(at), app.broadcasts, app.signIn);
  const stage = player(session, { signIn: app.startSignIn, openLibrary: () => app.navigate('/') });

  const title = h('h1', { 'data-testid': 'title' }, 'Broadcast');
  const chip = h('span', { class: 'chip', 'data-testid': 'state' });
  const when = h('span', { class: 'when' });
  const description = h('p', { class: 'description', 'data-testid': 'description' });
  const startOver = h(
    'button',
    { type: 'button', class: 'button', 'data-testid': 'start-over', onclick: () => session.startOver() },
    icon('startOver'),
    'Start from the beginning',
  );
  const share = h(
    'button',
    { type: 'button', class: 'button', 'data-testid': 'share', onclick: () => void copyLink(session) },
    icon('link'),
    'Copy link to this moment',
  );
  const actions = h('div', { class: 'about-actions' }, startOver, share);
  const element = h(
    'div',
    { class: 'watch' },
    h('div', { class: 'stage' }, stage.element),
    h(
      'div',
      { class: 'about' },
      h('div', { class: 'about-text' }, h('p', { class: 'about-state' }, chip, when), title),
      actions,
      description,
    ),
  );

  const root = document.documentElement;
  let known = session.view.state;

  function render(): void {
    const { view, broadcast } = session;
    root.dataset.state = view.state;
    if (view.reason) root.dataset.reason = view.reason;
    else delete root.dataset.reason;
    if (broadcast && title.textContent !== broadcast.title) title.textContent = broadcast.title;
    if (!broadcast && view.reason === 'not-found') title.textContent = 'No such broadcast';
    setText(chip, stateLabel(view));
    setText(when, whenText(session));
    setText(description, broadcast?.description ?? '');
    const playable = session.engine?.edge() != null;
    actions.hidden = !playable;
    const live = view.state === 'live' || view.state === 'behind' || view.state === 'away';
    document.title = `${live ? '● ' : ''}${title.textContent} – Rostrum`;
    stage.update();
    if (known !== view.state) announceChange(known, view.state);
    known = view.state;
  }

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || belongsToElement(event) || !session.engine) return;
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    stage.carryOut(command);
  }

  function onVolume(): void {
    if (session.autoplayMuted && video.muted) return; // the browser's doing, not the viewer's wish
    session.autoplayMuted = false;
    keepPreferences({ volume: video.volume, muted: video.muted });
  }

  session.addEventListener('change', render);
  video.addEventListener('volumechange', onVolume);
  document.addEventListener('keydown', onKey);
  const ticker = window.setInterval(render, REFRESH_MS);
  const disconnect = connectMediaSession(session);
  session.begin();
  render();

  return {
    element,
    leave() {
      clearInterval(ticker);
      document.removeEventListener('keydown', onKey);
      disconnect();
      stage.close();
      session.leave();
      delete root.dataset.state;
      delete root.dataset.reason;
    },
  };
}

/** Who is at the live edge sees the end itself a moment later. */
function announceChange(from: string, to: string): void {
  if (from === 'behind' && to === 'replay') toast('The broadcast has ended. You are watching the replay.');
}

function whenText(session: WatchSession): string {
  const { broadcast, view } = session;
  const text = broadcast?.startedAt ?? (view.state === 'waiting' ? broadcast?.startsAt : null);
  const date = text ? new Date(text) : session.engine?.dateAt(0);
  if (!date || Number.isNaN(date.getTime())) return '';
  const said = announcedText(date, new Date());
  if (view.state === 'waiting') return said;
  const length = view.state === 'replay' || view.state === 'ended' ? ` · ${clockText(session.endSeconds)}` : '';
  return `Started ${said}${length}`;
}

async function copyLink(session: WatchSession): Promise<void> {
  const { engine, video } = session;
  const t = startParameter(session.live, video.currentTime, engine?.dateAt(video.currentTime) ?? null);
  const link = `${location.origin}${watchPath(session.id)}?t=${t}`;
  try {
    await navigator.clipboard.writeText(link);
    toast('Link copied.');
  } catch {
    toast(link); // no permission: at least it can be read and copied by hand
  }
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent === text) return;
  fill(element, text);
}
