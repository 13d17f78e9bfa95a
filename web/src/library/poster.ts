import { svg } from '../ui/dom';

/** Picture of 16 by 9 for a broadcast without one: a stage in its own light, always the same for the same id. */
export function poster(id: string): SVGElement {
  const seed = hash(id);
  const warm = 8 + (seed % 40);
  const cool = (warm + 170 + ((seed >>> 6) % 90)) % 360;
  const lean = 56 + ((seed >>> 12) % 48);
  const floor = 66 + ((seed >>> 18) % 8);
  const gradient = `light-${seed.toString(36)}`;
  return svg(
    'svg',
    { viewBox: '0 0 160 90', preserveAspectRatio: 'xMidYMid slice', class: 'poster', 'aria-hidden': 'true' },
    svg(
      'defs',
      {},
      svg(
        'linearGradient',
        { id: gradient, x1: 0, y1: 0, x2: 0, y2: 1 },
        svg('stop', { offset: 0, 'stop-color': `hsl(${warm} 80% 78%)`, 'stop-opacity': 0.75 }),
        svg('stop', { offset: 1, 'stop-color': `hsl(${warm} 70% 60%)`, 'stop-opacity': 0.04 }),
      ),
    ),
    svg('rect', { width: 160, height: 90, fill: `hsl(${cool} 32% 13%)` }),
    svg('path', { d: `M0 ${floor}h160V90H0z`, fill: `hsl(${cool} 28% 9%)` }),
    svg('path', { d: `M${lean} -6 22 ${floor + 12}h104z`, fill: `url(#${gradient})`, opacity: 0.55 }),
    svg('path', { d: `M${160 - lean} -6 44 ${floor + 12}h82z`, fill: `url(#${gradient})`, opacity: 0.4 }),
    svg('ellipse', { cx: 80, cy: floor + 11, rx: 46, ry: 5, fill: `hsl(${warm} 70% 70%)`, opacity: 0.22 }),
    svg(
      'g',
      { fill: `hsl(${cool} 30% 5%)`, transform: `translate(64 ${floor - 22}) scale(1)` },
      svg('path', { d: 'M2 6h28l-3 7H5z' }),
      svg('path', { d: 'M9 14h14l-2.5 17h-9z' }),
      svg('path', { d: 'M6 31h20v2.400H6z' }),
    ),
  );
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value ^= character.codePointAt(0) ?? 0;
    value = Math.imul(value, 0x01000193);
  }
  return value >>> 0;
}
