import { svg } from './dom';

const PATHS = {
  startOver: 'M6 5h2.2v14H6zM19 5.4v13.2c0 .8-.9 1.3-1.6.8L9.4 12.8a1 1 0 0 1 0-1.6l8-6.6c.7-.5 1.6 0 1.6.8z',
  back: 'M12 5V2L7 6l5 4V7a5.5 5.5 0 1 1-5.5 5.5H4.4A7.6 7.6 0 1 0 12 5z',
  forward: 'M12 5V2l5 4-5 4V7a5.5 5.5 0 1 0 5.5 5.5h2.1A7.6 7.6 0 1 1 12 5z',
  settings:
    'M10.3 3h3.4l.5 2.3 1.6.9 2.3-.7 1.7 2.9-1.8 1.6v2l1.8 1.6-1.7 2.9-2.3-.7-1.6.9-.5 2.3h-3.4l-.5-2.3-1.6-.9-2.3.7-1.7-2.9L6 12v-2L4.2 8.4l1.7-2.9 2.3.7 1.6-.9zM12 8.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  muted: 'M4 9h3.5L12 5v14l-4.5-4H4zm11.2.3 1.3-1.3 2 2 2-2 1.3 1.3-2 2 2 2-1.3 1.3-2-2-2 2-1.3-1.3 2-2z',
  play: 'M8 5.2v13.6c0 .8.8 1.2 1.5.8l10.2-6.8a1 1 0 0 0 0-1.6L9.5 4.4C8.8 4 8 4.4 8 5.2z',
  check: 'M9.6 16.6 5 12l1.4-1.4 3.2 3.2 8-8L19 7.2z',
  search:
    'M10.5 4a6.5 6.5 0 0 1 5.1 10.5l4.1 4.1-1.4 1.4-4.1-4.1A6.5 6.5 0 1 1 10.5 4zm0 2a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z',
  link: 'M10.6 13.4a1 1 0 0 1-1.4 1.4 4 4 0 0 1 0-5.6l2.9-2.9a4 4 0 0 1 5.6 5.6l-1.2 1.2a1 1 0 0 1-1.4-1.4l1.2-1.2a2 2 0 0 0-2.8-2.8l-2.9 2.9a2 2 0 0 0 0 2.8zm2.8-2.8a1 1 0 0 1 1.4-1.4 4 4 0 0 1 0 5.6l-2.9 2.9a4 4 0 0 1-5.6-5.6l1.2-1.2a1 1 0 0 1 1.4 1.4l-1.2 1.2a2 2 0 0 0 2.8 2.8l2.9-2.9a2 2 0 0 0 0-2.8z',
  keyboard:
    'M4 6h16a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 18H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 6zm1.5 3v1.8h1.8V9zm3.4 0v1.8h1.8V9zm3.4 0v1.8h1.8V9zm3.4 0v1.8h2.6V9zM7 13.2V15h10v-1.8z',
  stats: 'M5 19V11h3v8zm5.5 0V5h3v14zM16 19v-5h3v5z',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon of 24 by 24 units in the current text colour. */
export function icon(name: IconName, slot?: string): SVGElement {
  return svg(
    'svg',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'icon', slot },
    svg('path', { d: PATHS[name], fill: 'currentColor', 'fill-rule': 'evenodd' }),
  );
}

/** The lectern: Rostrum's mark. */
export function mark(): SVGElement {
  return svg(
    'svg',
    { viewBox: '0 0 32 32', 'aria-hidden': 'true', class: 'mark' },
    svg('path', { d: 'M4.5 10.5h23l-2.6 5.2H7.1z', fill: 'currentColor' }),
    svg('path', { d: 'M9.6 15.7h12.8L20.8 27h-9.6z', fill: 'currentColor', opacity: 0.72 }),
    svg('rect', { x: 7.5, y: 27, width: 17, height: 2.5, rx: 1.25, fill: 'currentColor' }),
    svg('path', {
      d: 'M16 10.5c0-3.2 1.5-5 4.3-5.6',
      fill: 'none',
      stroke: 'var(--text)',
      'stroke-width': 1.7,
      'stroke-linecap': 'round',
    }),
    svg('circle', { cx: 21.6, cy: 5, r: 2.1, fill: 'var(--text)' }),
  );
}
