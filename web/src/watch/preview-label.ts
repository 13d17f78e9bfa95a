import { h } from '../ui/dom';
import type { Picture } from './storyboard';
import { clockText, timeOfDay } from './time-format';

const ATTRIBUTE = 'mediapreviewtime';

/**
 * What is over the seek bar while hovering: a picture of that moment, the time into the broadcast and, where known, the
 * wall clock. The media controller sets `mediapreviewtime` on every element that observes it.
 */
export class PreviewLabel extends HTMLElement {
  static readonly observedAttributes = [ATTRIBUTE];
  /** Tells the wall-clock time of a media time, or null. */
  dateAt: (seconds: number) => Date | null = () => null;
  /** Tells what is shown at a media time, or null; calls back when it may know more. */
  pictureAt: (seconds: number, arrived: () => void) => Picture | null = () => null;

  private readonly picture = h('div', { class: 'preview-picture', 'data-testid': 'preview-picture', hidden: true });
  private readonly time = h('span');
  private readonly clock = h('span', { class: 'preview-clock' });

  connectedCallback(): void {
    this.replaceChildren(this.picture, h('div', { class: 'preview-text' }, this.time, this.clock));
  }

  attributeChangedCallback(): void {
    const text = this.getAttribute(ATTRIBUTE);
    if (text === null) return;
    const seconds = Number(text);
    const date = this.dateAt(seconds);
    this.time.textContent = clockText(seconds);
    this.clock.textContent = date ? timeOfDay(date) : '';
    this.clock.hidden = !date;
    this.show(this.pictureAt(seconds, () => this.attributeChangedCallback()));
  }

  private show(picture: Picture | null): void {
    this.picture.hidden = !picture;
    if (!picture) return;
    const { style } = this.picture;
    style.width = `${picture.width}px`;
    style.height = `${picture.height}px`;
    style.backgroundImage = `url("${picture.url}")`;
    style.backgroundPosition = `-${picture.x}px -${picture.y}px`;
  }
}

customElements.define('rostrum-preview-label', PreviewLabel);
