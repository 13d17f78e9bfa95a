import { mayProduce } from '../auth/identity';
import type { SignIn } from '../auth/sign-in';
import { fill, h } from '../ui/dom';
import { mark } from '../ui/icons';
import type { Route } from './routes';

/** The frame of every page: the header, and the outlet that the router fills. */
export function shell(signIn: SignIn, startSignIn: () => void) {
  const nav = h('nav', { 'aria-label': 'Main', class: 'nav' });
  const account = h('div', { class: 'account' });
  const outlet = h('main', { id: 'main', tabindex: -1 });
  const element = h(
    'div',
    { class: 'app' },
    h('a', { href: '#main', class: 'skip' }, 'Skip to content'),
    h(
      'header',
      { class: 'header' },
      h('a', { href: '/', class: 'brand', 'aria-label': 'Rostrum, library' }, mark(), h('span', {}, 'Rostrum')),
      nav,
      account,
    ),
    outlet,
  );
  let current: Route['name'] = 'library';
  let providerKnown = false;

  function link(path: string, label: string, route: Route['name']): HTMLElement {
    return h('a', { href: path, 'aria-current': current === route ? 'page' : null }, label);
  }

  function render(): void {
    const { identity } = signIn;
    fill(nav, link('/', 'Library', 'library'), mayProduce(identity) && link('/studio', 'Studio', 'studio'));
    if (identity) {
      fill(
        account,
        h('span', { class: 'account-name', 'data-testid': 'account' }, identity.name),
        h('button', { type: 'button', class: 'button quiet', onclick: () => void signIn.end() }, 'Sign out'),
      );
    } else {
      const button = h(
        'button',
        { type: 'button', class: 'button quiet', 'data-testid': 'sign-in', onclick: startSignIn },
        'Sign in',
      );
      fill(account, providerKnown && button);
    }
  }

  signIn.addEventListener('change', render);
  void signIn.available().then((available) => {
    providerKnown = available;
    render();
  });
  render();

  return {
    element,
    outlet,
    shown(route: Route): void {
      current = route.name;
      render();
    },
  };
}
