import { clockText, timeOfDay } from './time-format';

const ATTRIBUTE = 'mediapreviewtime';

/**
 * The label over the seek bar while hovering: the time into the broadcast and, where known, the wall clock. The media
 * controller sets `mediapreviewtime` on every element that observes it.
 */
export class PreviewLabel extends HTMLElement {
  static readonly observedAttributes = [ATTRIBUTE];
  /** Tells the wall-clock time of a media time, or null. */
  dateAt: (seconds: number) => Date | null = () => null;

  attributeChangedCallback(): void {
    const text = this.getAttribute(ATTRIBUTE);
    if (text === null) return;
    const seconds = Number(text);
    const date = this.dateAt(seconds);
    this.replaceChildren(clockText(seconds));
    if (!date) return;
    const clock = document.createElement('span');
    clock.className = 'preview-clock';
    clock.textContent = timeOfDay(date);
    this.append(clock);
  }
}

customElements.define('rostrum-preview-label', PreviewLabel);
