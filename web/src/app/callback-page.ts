import type { SignIn } from '../auth/sign-in';
import { fill, h } from '../ui/dom';
import type { Page } from './page';

/** Where the identity provider returns to: completes the sign-in and goes on to where the viewer was. */
export function callbackPage(signIn: SignIn, goOn: (path: string) => void): Page {
  document.title = 'Signing in – Rostrum';
  const element = h('div', { class: 'notice' }, h('p', {}, 'Signing you in…'));
  signIn.complete().then(goOn, (error: unknown) => {
    console.warn('Sign-in could not be completed', error);
    fill(
      element,
      h('h1', {}, 'You are not signed in'),
      h('p', {}, 'The sign-in was cancelled or took too long. Start it again from the library.'),
      h('a', { href: '/', class: 'button primary' }, 'Open the library'),
    );
  });
  return { element };
}
