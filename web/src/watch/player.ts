import 'media-chrome/media-controller';
import 'media-chrome/media-control-bar';
import 'media-chrome/media-fullscreen-button';
import 'media-chrome/media-loading-indicator';
import 'media-chrome/media-mute-button';
import 'media-chrome/media-pip-button';
import 'media-chrome/media-play-button';
import 'media-chrome/media-time-range';
import 'media-chrome/media-volume-range';
import { h } from '../ui/dom';
import { type IconName, icon } from '../ui/icons';
import { type CommandTargets, carryOut } from './commands';
import { helpDialog } from './help-dialog';
import type { Command } from './keyboard';
import { livePill } from './live-pill';
import { PreviewLabel } from './preview-label';
import type { WatchSession } from './session';
import { settingsMenu } from './settings-menu';
import { stageCard } from './stage-card';
import { statsOverlay } from './stats-overlay';
import { clockText } from './time-format';

/** The video with everything laid over it, so that it is all there in fullscreen too. */
export interface Player {
  readonly element: HTMLElement;
  carryOut(command: Command): void;
  update(): void;
  close(): void;
}

interface PlayerActions {
  signIn(): void;
  openLibrary(): void;
}

/** Builds the player around the session's video element, from media-chrome's elements and the project's own. */
export function player(session: WatchSession, actions: PlayerActions): Player {
  const { video } = session;
  const stats = statsOverlay(session);
  const help = helpDialog();
  const pill = livePill(session);
  const card = stageCard(session, actions);
  const menu = settingsMenu(session, { toggleStats: stats.toggle, showHelp: () => help.showModal() });
  const time = h('span', { class: 'time', 'data-testid': 'time' });
  const unmute = h(
    'button',
    { type: 'button', class: 'unmute', noautohide: true, 'data-testid': 'unmute', onclick: () => session.unmute() },
    icon('muted'),
    'Tap for sound',
  );
  const title = h('p', { class: 'player-title', 'aria-hidden': 'true' });

  const control = (name: IconName, label: string, command: Command, extra = ''): HTMLElement =>
    h(
      'button',
      {
        type: 'button',
        class: `control ${extra}`,
        title: label,
        'aria-label': label,
        onclick: () => carryOut(command, targets),
      },
      icon(name),
    );

  const element = h(
    'media-controller',
    // Shortcuts and volume are the project's own: they work on the whole page and know the live edge.
    { class: 'player', nohotkeys: true, novolumepref: true, noautoseektolive: true, autohide: '3', tabindex: -1 },
    video,
    h('div', { slot: 'top-chrome', class: 'top-bar' }, title),
    h('media-loading-indicator', { slot: 'centered-chrome', noautohide: true, loadingdelay: '700' }),
    card.element,
    unmute,
    stats.element,
    menu.menu,
    h(
      'div',
      { class: 'controls' },
      seekBar(session),
      h(
        'media-control-bar',
        {},
        h('media-play-button', { notooltip: true }),
        control('back', 'Back 10 seconds', { kind: 'seek', seconds: -10 }, 'wide-only'),
        control('forward', 'Forward 10 seconds', { kind: 'seek', seconds: 10 }, 'wide-only'),
        h('span', { class: 'volume' }, h('media-mute-button', { notooltip: true }), h('media-volume-range')),
        pill.element,
        time,
        h('span', { class: 'spacer' }),
        control('startOver', 'Start from the beginning', { kind: 'start' }),
        menu.button,
        h('media-pip-button', { notooltip: true, class: 'wide-only' }),
        h('media-fullscreen-button', { notooltip: true }),
      ),
    ),
    help,
  );
  const targets: CommandTargets = {
    session,
    player: element,
    toggleStats: stats.toggle,
    showHelp: () => help.showModal(),
  };

  function update(): void {
    const position = `${clockText(video.currentTime)} / ${clockText(session.endSeconds)}`;
    const playable = session.engine?.edge() != null;
    if (time.textContent !== position) time.textContent = position;
    title.textContent = session.broadcast?.title ?? '';
    unmute.hidden = !session.autoplayMuted;
    element.toggleAttribute('data-idle', !playable);
    pill.update();
    card.update();
  }

  return { element, carryOut: (command) => carryOut(command, targets), update, close: stats.close };
}

function seekBar(session: WatchSession): HTMLElement {
  const label = new PreviewLabel();
  label.slot = 'preview';
  label.dateAt = (seconds) => session.engine?.dateAt(seconds) ?? null;
  label.pictureAt = (seconds, arrived) => session.storyboard.at(seconds, session.live, arrived);
  const bar = h('media-time-range', { 'data-testid': 'seek-bar' }, label);
  // The session decides where a seek goes: nothing is playable past the live edge.
  bar.addEventListener('mediaseekrequest', (event) => {
    event.stopPropagation();
    session.seekTo((event as CustomEvent<number>).detail);
  });
  return bar;
}
