/** What a key does on the watch page. */
export type Command =
  | { kind: 'toggle-play' | 'fullscreen' | 'mute' | 'picture-in-picture' | 'stats' | 'help' | 'start' | 'live' }
  | { kind: 'seek'; seconds: number }
  | { kind: 'fraction'; of: number }
  | { kind: 'volume'; by: number }
  | { kind: 'speed'; step: 1 | -1 };

/** The part of a keyboard event that decides. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Shortcuts as the help lists them. */
export const SHORTCUTS: readonly (readonly [keys: string, meaning: string])[] = [
  ['Space  K', 'Play or pause'],
  ['←  →', 'Back or forward 5 seconds'],
  ['J  L', 'Back or forward 10 seconds'],
  ['0 – 9', 'Jump to 0 % – 90 %'],
  ['Home', 'Start from the beginning'],
  ['End', 'Go to the live edge'],
  ['↑  ↓', 'Volume'],
  ['M', 'Mute'],
  ['F', 'Fullscreen'],
  ['P', 'Picture in picture'],
  ['<  >', 'Slower or faster'],
  ['S', 'Playback statistics'],
  ['?', 'This list'],
];

/** The command of a key, or null: keys with Ctrl, Alt or Meta belong to the browser. */
export function commandOf(press: KeyPress): Command | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (/^[0-9]$/.test(press.key)) return { kind: 'fraction', of: Number(press.key) / 10 };
  switch (press.key.length === 1 ? press.key.toLowerCase() : press.key) {
    case ' ':
    case 'k':
      return { kind: 'toggle-play' };
    case 'ArrowLeft':
      return { kind: 'seek', seconds: -5 };
    case 'ArrowRight':
      return { kind: 'seek', seconds: 5 };
    case 'j':
      return { kind: 'seek', seconds: -10 };
    case 'l':
      return { kind: 'seek', seconds: 10 };
    case 'ArrowUp':
      return { kind: 'volume', by: 0.05 };
    case 'ArrowDown':
      return { kind: 'volume', by: -0.05 };
    case 'Home':
      return { kind: 'start' };
    case 'End':
      return { kind: 'live' };
    case 'f':
      return { kind: 'fullscreen' };
    case 'm':
      return { kind: 'mute' };
    case 'p':
      return { kind: 'picture-in-picture' };
    case 's':
      return { kind: 'stats' };
    case '<':
      return { kind: 'speed', step: -1 };
    case '>':
      return { kind: 'speed', step: 1 };
    case '?':
      return { kind: 'help' };
    default:
      return null;
  }
}

/**
 * Whether the focused element needs the key itself: text fields take all, menus and dialogs take all, sliders other than
 * the seek bar take arrows, and a button takes the keys that press it.
 */
export function belongsToElement(event: KeyboardEvent): boolean {
  for (const target of event.composedPath()) {
    if (!(target instanceof HTMLElement)) continue;
    if (target.isContentEditable || target.matches('textarea, select, input:not([type=range])')) return true;
    if (target.matches('[role=menu], dialog')) return true;
    const name = target.localName;
    if (name === 'media-volume-range') return event.key.startsWith('Arrow');
    const pressed = event.key === ' ' || event.key === 'Enter';
    if (pressed && (target.matches('button, a[href], summary, [role=button]') || /^media-.*-button$/.test(name)))
      return true;
  }
  return false;
}
