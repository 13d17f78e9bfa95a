import { h } from '../ui/dom';
import type { Page } from './page';

/** An address that leads nowhere. */
export function notFoundPage(): Page {
  document.title = 'Not found – Rostrum';
  return {
    element: h(
      'div',
      { class: 'notice' },
      h('h1', {}, 'There is nothing here'),
      h('p', {}, 'The address may be incomplete. All broadcasts you may watch are in the library.'),
      h('a', { href: '/', class: 'button primary' }, 'Open the library'),
    ),
  };
}
