import { fill, h } from '../ui/dom';
import { icon } from '../ui/icons';
import { SPEEDS, setSpeed } from './commands';
import { keepPreferences } from './preferences';
import type { WatchSession } from './session';

interface MenuActions {
  toggleStats(): void;
  showHelp(): void;
}

/** The settings button and its menu: quality, speed, statistics, shortcuts. */
export function settingsMenu(session: WatchSession, actions: MenuActions): { button: HTMLElement; menu: HTMLElement } {
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': 'Settings', hidden: true, noautohide: true });
  const button = h(
    'button',
    {
      type: 'button',
      class: 'control',
      title: 'Settings',
      'aria-label': 'Settings',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'data-testid': 'settings',
      onclick: () => (menu.hidden ? open() : close()),
    },
    icon('settings'),
  );

  function open(): void {
    fill(menu, ...items());
    menu.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    document.addEventListener('pointerdown', onOutside);
  }

  function close(): void {
    menu.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', onOutside);
    if (menu.contains(document.activeElement)) button.focus();
  }

  function onOutside(event: Event): void {
    const path = event.composedPath();
    if (!path.includes(menu) && !path.includes(button)) close();
  }

  function choice(label: string, chosen: boolean, choose: () => void, disabled = false): HTMLElement {
    return h(
      'button',
      {
        type: 'button',
        role: 'menuitemradio',
        'aria-checked': String(chosen),
        disabled,
        tabindex: -1,
        onclick: () => {
          choose();
          button.focus();
          close();
        },
      },
      chosen ? icon('check') : null,
      label,
    );
  }

  function items(): HTMLElement[] {
    const { engine, video } = session;
    const qualities = engine?.qualities() ?? [];
    const playing = qualities.find((quality) => quality.id === engine?.playingQuality);
    const rows: HTMLElement[] = [];
    if (engine && qualities.length > 1) {
      const choose = (id: number | null, label: string | null) => () => {
        engine.selectQuality(id);
        keepPreferences({ quality: label });
      };
      const automatic = playing && engine.quality === null ? `Auto (${playing.label})` : 'Auto';
      rows.push(
        group(
          'Quality',
          choice(automatic, engine.quality === null, choose(null, null)),
          ...qualities.map((q) => choice(q.label, engine.quality === q.id, choose(q.id, q.label))),
        ),
      );
    }
    const speeds = SPEEDS.map((speed) => {
      const atEdge = speed > 1 && session.followsLive;
      const label = speed === 1 ? 'Normal' : `${speed}×`;
      return choice(label, Math.abs(video.playbackRate - speed) < 0.1, () => setSpeed(session, speed), atEdge);
    });
    rows.push(group('Speed', ...speeds));
    rows.push(
      h(
        'div',
        { role: 'none', class: 'menu-actions' },
        action('stats', 'Playback statistics', actions.toggleStats),
        action('keyboard', 'Keyboard shortcuts', actions.showHelp),
      ),
    );
    return rows;
  }

  function action(name: 'stats' | 'keyboard', label: string, run: () => void): HTMLElement {
    const onclick = (): void => {
      button.focus();
      close();
      run();
    };
    return h('button', { type: 'button', role: 'menuitem', tabindex: -1, onclick }, icon(name), label);
  }

  menu.addEventListener('keydown', (event) => {
    const entries = [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]:not([disabled])')];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 };
    const next = steps[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    if (next === undefined) return;
    event.preventDefault();
    entries[(next + entries.length) % entries.length]?.focus();
  });

  return { button, menu };
}

function group(label: string, ...choices: HTMLElement[]): HTMLElement {
  return h(
    'div',
    { role: 'group', 'aria-label': label, class: 'menu-group' },
    h('p', { class: 'menu-title', 'aria-hidden': 'true' }, label),
    ...choices,
  );
}
