import { h } from '../ui/dom';
import type { WatchSession } from './session';
import { behindText, spokenText } from './time-format';

/** The LIVE pill: lit at the edge, grey with the delay behind it, a click goes to the edge. Hidden in a replay. */
export function livePill(session: WatchSession): { element: HTMLElement; update(): void } {
  const label = h('span', { class: 'pill-label' }, 'Live');
  const delay = h('span', { class: 'pill-delay' });
  const element = h(
    'button',
    { type: 'button', class: 'live-pill', 'data-testid': 'live-pill', onclick: () => session.goLive() },
    h('span', { class: 'pill-dot', 'aria-hidden': 'true' }),
    label,
    delay,
  );
  function update(): void {
    const { state } = session.view;
    const behind = session.behindSeconds ?? 0;
    const lit = state === 'live';
    const shown = lit || state === 'behind' || state === 'away';
    const text = state === 'behind' ? behindText(behind) : '';
    const spoken = lit
      ? 'Live. You are at the live edge.'
      : `Live, ${state === 'away' ? 'presenter away' : `${spokenText(behind)} behind`}. Go to the live edge.`;
    element.hidden = !shown;
    element.dataset.lit = String(lit);
    if (delay.textContent !== text) delay.textContent = text;
    if (element.getAttribute('aria-label') !== spoken) element.setAttribute('aria-label', spoken);
  }
  return { element, update };
}
