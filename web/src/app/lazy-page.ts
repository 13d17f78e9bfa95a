import { fill, h } from '../ui/dom';
import type { Page } from './page';

/** A page whose code is loaded when it is first opened, as the player's is: the library needs none of it. */
export function lazyPage(load: () => Promise<Page>): Page {
  const element = h('div', { class: 'lazy' });
  let page: Page | null = null;
  let left = false;
  load().then(
    (loaded) => {
      page = loaded;
      if (left) loaded.leave?.();
      else element.replaceWith(loaded.element);
    },
    (error: unknown) => {
      console.warn('Page could not be loaded', error);
      fill(
        element,
        h(
          'div',
          { class: 'notice' },
          h('h1', {}, 'The page could not be loaded'),
          h('p', {}, 'A new version may have been installed, or the connection is interrupted.'),
          h('button', { type: 'button', class: 'button primary', onclick: () => location.reload() }, 'Reload'),
        ),
      );
    },
  );
  return {
    element,
    leave() {
      left = true;
      page?.leave?.();
    },
  };
}
