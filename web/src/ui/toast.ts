import { h } from './dom';

const SHOWN_MS = 6000;
let region: HTMLElement | null = null;

/** Says something in passing, at the foot of the page and to screen readers. */
export function toast(text: string): void {
  if (!region?.isConnected) {
    region = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
    document.body.append(region);
  }
  const note = h('p', { class: 'toast' }, text);
  region.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}
